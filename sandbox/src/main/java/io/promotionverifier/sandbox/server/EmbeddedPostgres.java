package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A PostgreSQL of our own on loopback, ready for logical decoding, that dies with this process however it dies.
 *
 * <p>Started as root it runs as another user. Data stays in the folder unless the options are temporary. One thread
 * starts, restarts and closes it; the getters are safe from any thread. Every method throws {@link SandboxException}
 * with the end of the server's log where the server refuses; retrying helps only where the message says so.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The superuser's name. */
    public static final String USER = "postgres";

    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final Duration START_PATIENCE = Duration.ofSeconds(15);

    private final PostgresCluster cluster;
    private final ServerFolder folder;
    private final PostgresGuardian guardian;
    private final int port;
    private final String password;

    private EmbeddedPostgres(Started started, ServerFolder folder) throws IOException {
        this.cluster = started.cluster();
        this.guardian = started.guardian();
        this.port = started.port();
        this.folder = folder;
        this.password = cluster.password();
    }

    private record Started(PostgresCluster cluster, PostgresGuardian guardian, int port) {}

    /**
     * Starts a server and waits until it takes connections.
     *
     * @throws PortInUseException if a fixed port is taken
     * @throws FolderInUseException if a living process uses the folder
     */
    public static EmbeddedPostgres start(PostgresOptions options) {
        try {
            return start(options, PostgresAccount.candidates(PostgresAccount.root()));
        } catch (IOException failure) {
            throw failed("start", failure);
        }
    }

    static EmbeddedPostgres start(PostgresOptions options, List<PostgresAccount> candidates) throws IOException {
        ServerFolder folder = ServerFolder.take(options.directory());
        try {
            return new EmbeddedPostgres(launch(folder.path(), options, candidates), folder);
        } catch (IOException | RuntimeException failure) {
            folder.close();
            throw failure;
        }
    }

    private static Started launch(Path folder, PostgresOptions options, List<PostgresAccount> candidates)
            throws IOException {
        PostgresBinaries binaries = options.binaries().isPresent()
                ? PostgresBinaries.at(options.binaries().get(), PostgresAccount.root())
                : PostgresBinaries.unpacked(PostgresAccount.root());
        PostgresAccount account = PostgresAccount.choose(candidates, folder, binaries);
        PostgresCluster cluster = new PostgresCluster(folder, binaries, account);
        PostgresGuardian.awaitOrphan(cluster);
        cluster.create(options.durable());
        cluster.stopOrphan();
        return guard(cluster, options);
    }

    /** A server killed a moment ago leaves back ends that hold its shared memory a little longer: try again then. */
    private static Started guard(PostgresCluster cluster, PostgresOptions options) throws IOException {
        long giveUpNanos = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            int port = LoopbackPort.claim("PostgreSQL", options.port());
            cluster.configure(options, port);
            long mark = cluster.log().mark();
            PostgresGuardian guardian = PostgresGuardian.start(cluster);
            if (guardian.ready()) {
                return new Started(cluster, guardian, port);
            }
            guardian.close();
            String said = cluster.log().since(mark);
            if (!passing(said) || System.nanoTime() - giveUpNanos > 0) {
                throw new SandboxException("PostgreSQL did not start in " + cluster.folder() + ":\n" + said);
            }
        }
    }

    private static boolean passing(String said) {
        return said.contains("pre-existing shared memory block") || said.contains("Address already in use");
    }

    /** The JDBC address of a database on this server, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The superuser's name. */
    public String user() {
        return USER;
    }

    /** The superuser's password: random, kept in the file {@code password} of the folder. */
    public String password() {
        return password;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The folder that holds data, password and log. */
    public Path directory() {
        return cluster.folder();
    }

    /** The process id of the running postmaster. */
    public long postmasterPid() {
        try {
            return cluster.postmasterPid()
                    .orElseThrow(() -> new SandboxException("PostgreSQL in " + cluster.folder() + " is not running."));
        } catch (IOException failure) {
            throw failed("read", failure);
        }
    }

    long guardianPid() {
        return guardian.pid();
    }

    /** Kills the postmaster with SIGKILL, as a crash would, and waits until its back ends are gone too. */
    public void killHard() {
        ProcessHandle.of(postmasterPid()).ifPresent(postmaster -> {
            List<ProcessHandle> family = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            Command.exited(postmaster, KILL_LIMIT);
            family.forEach(process -> Command.exited(process, KILL_LIMIT));
        });
    }

    /** Stops the server without a checkpoint: the next start recovers from the WAL. */
    public void stopImmediate() {
        try {
            cluster.stop("immediate");
        } catch (IOException failure) {
            throw failed("stop", failure);
        }
    }

    /**
     * Stops the server as an administrator would, who waits for sessions to be told and for the log to be sent.
     *
     * @return false if it still runs after so many seconds
     */
    public boolean stopFast(int seconds) {
        try {
            return cluster.stopFast(seconds);
        } catch (IOException failure) {
            throw failed("stop", failure);
        }
    }

    /** Starts the server again on the same port: after {@link #killHard}, {@link #stopImmediate}, or by stopping it. */
    public void restart() {
        try {
            cluster.rest();
            long mark = cluster.log().mark();
            if (!cluster.start()) {
                throw new SandboxException("PostgreSQL did not start again in " + cluster.folder() + ":\n"
                        + cluster.log().since(mark));
            }
        } catch (IOException failure) {
            throw failed("restart", failure);
        }
    }

    /** Stops the server cleanly and, if it is temporary, removes its folder. */
    @Override
    public void close() {
        try (folder) {
            guardian.close();
        } catch (IOException failure) {
            throw failed("stop", failure);
        }
    }

    private static SandboxException failed(String what, IOException cause) {
        return new SandboxException("The embedded PostgreSQL could not " + what + ": " + cause, cause);
    }
}
