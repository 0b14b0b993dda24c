package io.promotionverifier.benchmarks.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LapRunnerTest {
    private static final Path LAUNCHER = Path.of("..", "verifier-app", "src", "main", "dist", "bin", "verifier")
            .toAbsolutePath();

    @TempDir
    Path javaHome;

    @Test
    void theCensusIsMeasuredWithTheFlagsOfTheDaemon() throws IOException, InterruptedException {
        assertThat(flags("run")).containsAll(LapRunner.OF_RUN);
    }

    @Test
    void theReplayIsMeasuredWithTheFlagsThatItIsStartedWith() throws IOException, InterruptedException {
        assertThat(flags("replay")).containsAll(LapRunner.OF_REPLAY);
    }

    /** What the launcher would give to the JVM: the one that it finds here prints it. */
    private List<String> flags(String command) throws IOException, InterruptedException {
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), command).redirectErrorStream(true);
        builder.environment().put("VERIFIER_JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return Arrays.asList(printed.split("\n"));
    }
}
