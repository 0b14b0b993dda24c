package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verifier config}. */
class ConfigCommandTest {
    private static final String LEAST = """
            source: {name: nexus, url: embedded, password: hush}
            kafka: {bootstrap: embedded}
            promotions: [{id: P1, table: public.cases, from: metadata->>'a', to: a}]
            """;

    @TempDir
    private Path folder = Path.of(".");

    private final Shell shell = new Shell(new UnwiredCommands());

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("verifier.yaml"), text).toString();
    }

    @Test
    void checkPrintsEveryProblemAsAResult() throws IOException {
        String file = file(LEAST + "versoin: 1\nhttp: {port: x}\n");

        assertThat(shell.run("config", "check", "-c", file)).isEqualTo(78);
        assertThat(shell.out())
                .isEqualToNormalizingNewlines(file + ":4:1: versoin: unknown key; did you mean \"version\"?\n" + file
                        + ":5:14: http.port: \"x\": not a whole number\n");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void checkSaysThatAllIsWellInOneLine() throws IOException {
        String file = file(LEAST);

        assertThat(shell.run("config", "check", "-c", file)).isZero();
        assertThat(shell.out()).isEqualToNormalizingNewlines(file + ": OK\n");
    }

    @Test
    void checkSpeaksJson() throws IOException {
        assertThat(shell.run("config", "check", "-o", "json", "-c", file(LEAST + "versoin: 1\n")))
                .isEqualTo(78);
        JsonNode result = new ObjectMapper().readTree(shell.out());
        assertThat(result.at("/valid").asBoolean()).isFalse();
        assertThat(result.at("/problems/0/line").asInt()).isEqualTo(4);
        assertThat(result.at("/problems/0/key").asText()).isEqualTo("versoin");
    }

    @Test
    void anyOtherCommandSaysTheProblemsOnStderr() {
        Shell reading = new Shell(new HeardCommands(() -> ExitCode.OK));
        String missing = folder.resolve("none.yaml").toString();

        assertThat(reading.run("config", "show", "-c", missing)).isEqualTo(78);
        assertThat(reading.out()).isEmpty();
        assertThat(reading.err())
                .isEqualToNormalizingNewlines(missing + ": no such file; name the configuration with -c FILE\n");
    }

    @Test
    void showPrintsWhatCanBeReadAgain() throws IOException {
        String file = file(LEAST);
        assertThat(shell.run("config", "show", "-c", file, "--set", "defaults.grace=7s"))
                .isZero();
        String shown = shell.out();
        assertThat(shown).doesNotContain("hush").contains("password: \"***\"", "grace: \"7s\"");

        Files.writeString(Path.of(file), shown);
        assertThat(shell.run("config", "show", "-c", file)).isZero();
        assertThat(shell.out()).isEqualTo(shown);
    }

    @Test
    void schemaNeedsNoConfiguration() throws IOException {
        assertThat(shell.run("config", "schema", "-c", "none.yaml")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(shell.out())
                        .at("/properties/promotions/type")
                        .asText())
                .isEqualTo("array");
    }
}
