package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a user starts it: from another folder, through a link. */
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("target", "verifier", "bin", "verifier").toAbsolutePath();

    @TempDir
    private Path folder = Path.of(".");

    /** How a process ended. */
    private record Ended(int exitCode, String out, String err) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Path link = folder.resolve("verifier");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, LAUNCHER);
        }
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of("./verifier"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void theLauncherFindsItsHomeThroughALinkAndPrintsNothingButTheResult() throws IOException, InterruptedException {
        Ended version = run("-V");

        assertThat(version.err()).isEmpty();
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("verifier ").contains("debezium ", "kafka ", "java ");
    }

    @Test
    void aRelativeConfigurationIsTheUsersAndTheExitCodeIsTheCommands() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("mine.yaml"), "versoin: 1\n");

        Ended check = run("config", "check", "-c", "mine.yaml");

        assertThat(check.exitCode()).isEqualTo(78);
        assertThat(check.out()).contains("mine.yaml:1:1: versoin: unknown key; did you mean \"version\"?");
    }

    @Test
    void theBrokersClassPathHoldsItsOwnJarAndItsOwnClients() throws IOException {
        Path broker = LAUNCHER.resolveSibling("../broker").normalize();
        try (var jars = Files.list(broker)) {
            assertThat(jars.map(jar -> String.valueOf(jar.getFileName())))
                    .anyMatch(name -> name.startsWith("sandbox-broker-"))
                    .anyMatch(name -> name.startsWith("kafka-clients-4.2."));
        }
    }
}
