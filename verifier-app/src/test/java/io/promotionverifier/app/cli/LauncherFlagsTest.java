package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher starts: the Java that it finds here prints what it is given. */
@EnabledOnOs(OS.LINUX)
class LauncherFlagsTest {
    private static final Path SCRIPTS = Path.of("src", "main", "dist", "bin").toAbsolutePath();
    private static final String GIVEN_BACK = "-XX:TrimNativeHeapInterval";

    @TempDir
    private Path javaHome = Path.of(".");

    @ParameterizedTest
    @ValueSource(strings = {"17.0.12", "17.0.20", "21.0.4", "21.0.11", "22", "25.0.3", "26-ea", "30"})
    void theDaemonGivesMemoryBackWhereJavaCan(String version) throws IOException, InterruptedException {
        assertThat(started(version, "run")).contains(GIVEN_BACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0.8", "17.0.11", "18.0.1", "20.0.2", "21", "21.0.3", "", "internal"})
    void aJavaThatWouldRefuseTheFlagIsNotGivenIt(String version) throws IOException, InterruptedException {
        assertThat(started(version, "run")).doesNotContain(GIVEN_BACK).contains("-Xmx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "replay", "demo"})
    void otherCommandsKeepWhatTheyHave(String command) throws IOException, InterruptedException {
        assertThat(started("25.0.3", command)).doesNotContain(GIVEN_BACK).contains("-Xmx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "22.0.1", "23", "25.0.3"})
    void anArchiveIsWrittenByAJavaThatIsToldTheSameOfModules(String version) throws IOException, InterruptedException {
        Files.createDirectories(javaHome.resolve("lib"));
        Files.writeString(javaHome.resolve("lib").resolve("classlist"), "");
        String archive = javaHome.resolve("some.jsa").toString();

        assertThat(ofModules(printed(version, SCRIPTS.resolve("make-archive"), archive)))
                .isEqualTo(ofModules(started(version, "status")));
    }

    private static List<String> ofModules(String words) {
        return Stream.of(words.split(" ", -1))
                .filter(word -> word.startsWith("--"))
                .toList();
    }

    private String started(String version, String command) throws IOException, InterruptedException {
        return printed(version, SCRIPTS.resolve("verifier"), command);
    }

    private String printed(String version, Path script, String argument) throws IOException, InterruptedException {
        Path told = javaHome.resolve("told");
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                echo "$@" >'%s'
                for word in "$@"; do
                  case $word in -XX:SharedArchiveFile=*) : >"${word#*=}" ;; esac
                done
                """.formatted(told));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        ProcessBuilder builder = new ProcessBuilder(script.toString(), argument).redirectErrorStream(true);
        builder.environment().put("VERIFIER_JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Files.readString(told);
    }
}
