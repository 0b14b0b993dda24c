package io.promotionverifier.app.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command in a JVM of its own, so that it can be killed. */
final class DaemonProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** From this Java version on, the launcher gives the same flag: else the JVM warns of native code on stderr. */
    private static final int NATIVE_ACCESS_WARNS = 22;

    private final Process process;
    private final Path err;

    private DaemonProcess(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    static DaemonProcess start(
            Path folder, Map<String, String> environment, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SharedArchiveFile=" + Distribution.archive(),
                "-Xlog:disable",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Distribution.classPath(),
                "io.promotionverifier.app.Main"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_WARNS) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(1, options);
        command.addAll(List.of(arguments));
        try {
            Path err = Files.createTempFile(folder, "stderr", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new DaemonProcess(builder.start(), err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it is ready. */
    void awaitReady(Page page) {
        await().alias("ready").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + ":\n" + err());
            }
            return page.isUp() && page.get("/health/ready").statusCode() == 200;
        });
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        exitCode(PATIENCE);
    }

    /** SIGSTOP: it stands still and keeps all it holds. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("CONT");
    }

    /** SIGSTOP or SIGCONT, by their short names. */
    void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The most resident memory it ever had, as Linux tells it; empty elsewhere. */
    String mostMemory() {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try (Stream<String> lines = Files.exists(status) ? Files.lines(status) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.substring("VmHWM:".length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    int exitCode(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("still running after " + patience + ":\n" + err());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return process.exitValue();
    }

    /** What it said on stderr so far. */
    String err() {
        try {
            return Files.readString(err, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
