package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A single-node Kafka on loopback, in a JVM and on a class path of its own, that dies with this process however it
 * dies.
 *
 * <p>Its log stays in the folder unless the options are temporary. One thread starts, restarts and closes it; the
 * getters are safe from any thread. Every method throws {@link SandboxException} with the end of the broker's log where
 * the broker refuses; retrying helps only where the message says so.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(10);

    private final ServerFolder folder;
    private final KafkaOptions options;
    private volatile BrokerProcess broker;

    private EmbeddedKafka(ServerFolder folder, KafkaOptions options) throws IOException {
        this.folder = folder;
        this.options = options;
        this.broker = BrokerProcess.start(folder.path(), options);
    }

    /**
     * Starts a broker and waits until it serves clients.
     *
     * @throws PortInUseException if a fixed port is taken
     * @throws FolderInUseException if a living process uses the folder; see {@link #runningIn}
     */
    public static EmbeddedKafka start(KafkaOptions options) {
        try {
            ServerFolder folder = ServerFolder.take(options.directory());
            try {
                return start(folder, options);
            } catch (IOException | RuntimeException failure) {
                folder.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw failed("start", failure);
        }
    }

    private static EmbeddedKafka start(ServerFolder folder, KafkaOptions options) throws IOException {
        String classPath = options.classPath().orElseGet(EmbeddedKafka::configuredClassPath);
        stopOrphan(folder.path());
        int port = LoopbackPort.claim("Kafka", options.port());
        return new EmbeddedKafka(folder, options.withPort(port).withClassPath(classPath));
    }

    /** The bootstrap address of a broker that runs in the folder already, whoever started it; empty if none does. */
    public static Optional<String> runningIn(Path directory) {
        try {
            return BrokerFile.read(directory).map(running -> address(running.port()));
        } catch (IOException failure) {
            throw failed("look for a running broker", failure);
        }
    }

    private static String configuredClassPath() {
        return Optional.ofNullable(System.getProperty(KafkaOptions.CLASS_PATH_PROPERTY))
                .filter(path -> !path.isBlank())
                .orElseThrow(() -> new SandboxException("The Kafka broker has no class path: the system property "
                        + KafkaOptions.CLASS_PATH_PROPERTY + " is not set. Start through the distribution's"
                        + " `verifier` script or the Maven build, which set it."));
    }

    /** We hold the folder's lock, so its starter is dead and the broker about to notice: only a stuck one is killed. */
    private static void stopOrphan(Path folder) throws IOException {
        BrokerFile.read(folder).map(BrokerFile::process).ifPresent(orphan -> {
            if (!Command.exited(orphan, ORPHAN_PATIENCE)) {
                orphan.destroyForcibly();
                Command.exited(orphan, ORPHAN_PATIENCE);
            }
        });
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    /** The address for {@code bootstrap.servers}. */
    public String bootstrap() {
        return address(port());
    }

    /** The client port on 127.0.0.1. */
    public int port() {
        return broker.port();
    }

    /** The process id of the broker. */
    public long pid() {
        return broker.pid();
    }

    /** The folder that holds the broker's files. */
    public Path directory() {
        return folder.path();
    }

    /** Kills the broker with SIGKILL, as a crash would, and waits until it is gone. */
    public void kill() {
        broker.kill();
    }

    /** Starts the broker again on the same port: after {@link #kill}, or by stopping it. */
    public void restart() {
        try {
            broker.stop();
            broker = BrokerProcess.start(folder.path(), options);
        } catch (IOException failure) {
            throw failed("restart", failure);
        }
    }

    /** Stops the broker cleanly, or after 20 s by force, and removes its folder if it is temporary. */
    @Override
    public void close() {
        try (folder) {
            broker.stop();
        } catch (IOException failure) {
            throw failed("stop", failure);
        }
    }

    private static SandboxException failed(String what, IOException cause) {
        return new SandboxException("The embedded Kafka could not " + what + ": " + cause, cause);
    }
}
