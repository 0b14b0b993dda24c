package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of the broker's JVM, tied to us by its standard input: its end stops the broker, however we die. */
final class BrokerProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** Signals meant for the terminal or the service group must not stop the broker before our last checkpoint. */
    private static final String SCRIPT = "trap '' INT TERM HUP; exec \"$@\"";

    private final Process process;
    private final int port;

    private BrokerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static BrokerProcess start(Path folder, KafkaOptions options) throws IOException {
        ServerLog log = new ServerLog(folder.resolve("broker.log"));
        long mark = log.mark();
        Process process = Command.of(line(folder, options, log))
                .redirectInput(Redirect.PIPE)
                .redirectError(log.append())
                .start();
        if (!Command.firstLine(process, START_LIMIT).equals(Optional.of("READY"))) {
            process.destroyForcibly();
            throw new SandboxException("The Kafka broker did not start in " + folder + ":\n" + log.since(mark));
        }
        return new BrokerProcess(process, options.port());
    }

    private static List<String> line(Path folder, KafkaOptions options, ServerLog log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>(List.of(
                "sh",
                "-c",
                SCRIPT,
                "broker",
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dbroker.log=" + log.file(),
                "-cp",
                options.classPath().orElseThrow(),
                "io.promotionverifier.sandbox.broker.BrokerMain",
                folder.toString(),
                Integer.toString(options.port()),
                Integer.toString(LoopbackPort.claimBeside(options.port(), "Kafka controller"))));
        options.settings().forEach((name, value) -> line.add(name + "=" + value));
        return line;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
        Command.exited(process, STOP_LIMIT);
    }

    void stop() throws IOException {
        process.getOutputStream().close();
        if (!Command.exited(process, STOP_LIMIT)) {
            kill();
        }
    }
}
