package io.promotionverifier.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of problem, with its line, column, key and message. */
class ConfigProblemsTest {
    @TempDir
    private Path folder = Path.of(".");

    private ConfigTexts texts = new ConfigTexts(folder, Map.of());

    @BeforeEach
    void readInTheFolder() {
        texts = new ConfigTexts(folder, Map.of("PORT", "not-a-port-but-secret"));
    }

    @Test
    void theLeastConfigurationHasNoProblem() {
        assertThat(texts.problems(ConfigTexts.LEAST)).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnceInReadingOrder() {
        String text = """
                versoin: 1
                source:
                  name: nexus
                  url: jdbc:postgresql://127.0.0.1:5432/nexus
                  username: ${env:NOBODY}
                  password: ${file:/nowhere/pg}
                  slot: Verifier-Nexus
                  slot: verifier
                  heartbeat: 5
                  debezium: {snapshot.mode: initial, max.batch.size: 512}
                kafka: {prefix: verifier}
                http: {bind: 0.0.0.0, port: ninety}
                defaults:
                  grace: 25h
                  abort: {mismatch_rate: {max: 5, mode: strictly}}
                promotions:
                  - id: PROMO-001
                    tabel: public.nexus_cases
                    from: metadata->>priority
                    to: priority
                  - id: PROMO-001
                    table: nexus_cases
                    from: [metadata, a]
                    to: b
                    waivers: [{keys: [], reason: x, by: y}]
                """;

        assertThat(texts.problems(text))
                .containsExactly(
                        "verifier.yaml:1:1: versoin: unknown key; did you mean \"version\"?",
                        "verifier.yaml:5:13: source.username: ${env:NOBODY}: no such environment variable",
                        "verifier.yaml:6:13: source.password: ${file:/nowhere/pg}: no such file",
                        "verifier.yaml:7:9: source.slot: \"Verifier-Nexus\": not a name of a-z, 0-9 and _"
                                + " (63 at most, no digit first)",
                        "verifier.yaml:8:3: source.slot: duplicate key, first given in line 7",
                        "verifier.yaml:9:14: source.heartbeat: \"5\": not a duration: write 200ms, 30s, 15m, 24h or 30d",
                        "verifier.yaml:10:14: source.debezium.snapshot.mode: belongs to the verifier and cannot be set",
                        "verifier.yaml:11:8: kafka.bootstrap: is required (host:port, or embedded)",
                        "verifier.yaml:12:14: http.bind: \"0.0.0.0\" is not loopback and needs auth.token",
                        "verifier.yaml:12:29: http.port: \"ninety\": not a whole number",
                        "verifier.yaml:14:10: defaults.grace: \"25h\": not between 1ms and 24h",
                        "verifier.yaml:15:32: defaults.abort.mismatch_rate.max: \"5\": not above 0 and below 1 (100%)",
                        "verifier.yaml:15:41: defaults.abort.mismatch_rate.mode: \"strictly\":"
                                + " not one of sequential, strict",
                        "verifier.yaml:17:5: promotions[0].table: is required (a table (schema.table))",
                        "verifier.yaml:18:5: promotions[0].tabel: unknown key; did you mean \"table\"?",
                        "verifier.yaml:19:11: promotions[0].from: \"metadata->>priority\": a key stands in single quotes;"
                                + " write metadata->'ui'->>'theme', or a list: [metadata, ui, theme]",
                        "verifier.yaml:21:9: promotions[1].id: \"PROMO-001\" is the id of promotions[0] already",
                        "verifier.yaml:22:12: promotions[1].table: \"nexus_cases\": the schema is missing:"
                                + " write public.nexus_cases",
                        "verifier.yaml:25:15: promotions[1].waivers[0].until: is required (a time)",
                        "verifier.yaml:25:22: promotions[1].waivers[0].keys: at least 1 is expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            source.name=a b         | source.name: "a b": not a name of letters, digits and . _ - (63 at most)
            source.url=postgres://x | source.url: "postgres://x": not jdbc:postgresql://host:port/database, or embedded
            source.url=jdbc:postgresql://h/d?password=x | source.url: user and password stand under username and password, where they are masked
            source.mode=topic       | source.mode: "topic": not one of embedded, topics
            source.capture=some     | source.capture: "some": not one of all, suspects
            source.heartbeat=16s    | source.heartbeat: "16s": not between 100ms and 15s
            source.debezium.slot.name=x | source.debezium.slot.name: belongs to the verifier and cannot be set
            kafka.client.acks=1     | kafka.client.acks: belongs to the verifier and cannot be set
            kafka.bootstrap=host    | kafka.bootstrap: "host": not host:port, or embedded
            kafka.prefix=a/b        | kafka.prefix: "a/b": not a topic prefix
            kafka.history.enabled=yes | kafka.history.enabled: "yes": not true or false
            http.port=65536         | http.port: "65536": not between 0 and 65535
            http.hosts=localhost    | http.hosts: a list is expected, not a single value
            http.hosts=[]           | http.hosts: at least 1 is expected
            http=8080               | http: a section is expected, not a single value
            auth.token=             | auth.token: has no value; a secret is expected
            version=2               | version: "2": not between 1 and 1
            defaults.zone=Mars      | defaults.zone: "Mars": not a time zone: write UTC or Europe/Vienna
            defaults.gate.null_rate=101% | defaults.gate.null_rate: "101%": not between 0 and 1 (0% and 100%)
            defaults.gate.null_rate=few | defaults.gate.null_rate: "few": not a rate: write 0.001 or 0.1%
            promotions=[]           | promotions: at least 1 is expected
            promotions[0].grace=0ms | promotions[0].grace: "0ms": not between 1ms and 24h
            promotions[0].phase=D   | promotions[0].phase: "D": not one of A, B, C
            promotions[0].to=metadata | promotions[0].to: is the document column itself
            promotions[0].allowed=[a, b, a] | promotions[0].allowed: holds "a" twice
            promotions[0].started=now | promotions[0].started: "now": not a time: write 2025-01-16T00:00:00Z or 2025-01-16
            promotions[0].references={on_delete: set-null} | promotions[0].references.table: is required (a table (schema.table))
            promotions[0].table=a.b.c | promotions[0].table: "a.b.c": unexpected ".c"; a table is schema.table, quoted as in SQL
            promotions[2].id=x      | promotions[2]: no such item in promotions
            source.name.x=1         | source.name.x: source.name is a single value, not a section
            source..name=1          | source..name: write --set path=value, as in promotions[0].grace=5s
            source                  | write --set path=value, as in promotions[0].grace=5s
            """)
    void aProblemOfAnAssignmentIsNamedByIt(String assignment, String problem) {
        assertThat(texts.problems(ConfigTexts.LEAST, assignment)).contains("--set: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            source.name=Nexus                | 1:9: source.slot: is required, for its default would not do: a name of a-z, 0-9 and _ (63 at most, no digit first) is wanted
            source.name=Nexus                | 1:9: source.publication: is required, for its default would not do: a name of a-z, 0-9 and _ (63 at most, no digit first) is wanted
            source.url=jdbc:postgresql://h/d | 1:9: source.username: is required unless url is embedded (text)
            promotions[0].kind=index         | 7:9: promotions[0].to: an index has no promoted column; remove the key or kind: index
            """)
    void aKeyThatAnAssignmentMakesWrongIsNamedInTheFile(String assignment, String problem) {
        assertThat(texts.problems(ConfigTexts.LEAST, assignment)).contains("verifier.yaml:" + problem);
    }

    @Test
    void theServerComparesOnlyWhereThePublicationIsOurs() {
        assertThat(texts.problems(
                        ConfigTexts.LEAST,
                        "source.mode=topics",
                        "source.connector.topic.prefix=dbz",
                        "source.capture=suspects"))
                .anyMatch(problem -> problem.endsWith("suspects goes with mode: embedded only"));
    }

    @Test
    void twoPromotionsIntoOneColumnAreRefusedHoweverTheTableIsSpelled() {
        String text = ConfigTexts.LEAST + """
                  - id: P2
                    table: '"public".CASES'
                    from: other->>'priority'
                    to: priority
                """;

        assertThat(texts.problems(text))
                .containsExactly(
                        "verifier.yaml:11:9: promotions[1].to: is the promoted column of promotions[0] already");
    }

    @Test
    void aProblemInTheDefaultsIsToldOnceHoweverManyPromotionsInheritIt() {
        String text = ConfigTexts.LEAST + """
                  - {id: P2, table: public.cases, from: metadata->>'b', to: b}
                defaults: {abort: {mismatch_rate: {maxx: 1%}}}
                """;

        assertThat(texts.problems(text))
                .containsExactly("verifier.yaml:9:36: defaults.abort.mismatch_rate.maxx: unknown key;"
                        + " did you mean \"max\"?");
    }

    @Test
    void aReportNamesAPromotionThatExists() {
        String text = ConfigTexts.LEAST + "reports: [{id: r, promotion: P9, column: SELECT 1, document: SELECT 1}]\n";

        assertThat(texts.problems(text))
                .containsExactly("verifier.yaml:8:30: reports[0].promotion: no promotion has the id \"P9\"");
    }

    @Test
    void aResolvedReferenceIsNeverEchoed() {
        String text = ConfigTexts.LEAST + "http: {port: '${env:PORT}'}\n";

        assertThat(texts.problems(text))
                .containsExactly("verifier.yaml:8:14: http.port: \"${env:PORT}\": not a whole number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            owner: !!str x       | tags are not allowed (tag:yaml.org,2002:str)
            owner: ${secret:x}   | ${secret:x}: write ${env:NAME} or ${file:/path}
            owner: ${env:x       | "${" without "}"
            owner: *nobody       | unknown alias *nobody
            owner:               | has no value; text is expected
            owner: [a]           | text is expected, not a list
            """)
    void aValueThatYamlOrReferencesCannotGiveIsRefused(String line, String problem) {
        assertThat(texts.problems(ConfigTexts.LEAST + "    " + line + "\n"))
                .hasSize(1)
                .allSatisfy(told ->
                        assertThat(told).startsWith("verifier.yaml:8:").endsWith("promotions[0].owner: " + problem));
    }

    @Test
    void textThatIsNotYamlIsOneProblemWithItsPlace() {
        assertThat(texts.problems("source: [a\nkafka: b\n"))
                .containsExactly("verifier.yaml:2:6: not YAML: expected ',' or ']', but got :");
        assertThat(texts.problems(ConfigTexts.LEAST + "---\na: b\n"))
                .containsExactly("verifier.yaml:8:1: a second document; one file holds one configuration");
        assertThat(texts.problems("")).containsExactly("verifier.yaml: is empty");
        assertThat(texts.problems("- a\n"))
                .containsExactly("verifier.yaml:1:1: a configuration is a section of keys, not a list");
        assertThat(texts.problems("x: " + "[".repeat(60) + "]".repeat(60)))
                .containsExactly("verifier.yaml: not YAML: nested deeper than 50 levels");
    }

    @Test
    void aFileThatIsNotUtf8OrTooLargeOrMissingIsRefused() throws IOException {
        Path file = folder.resolve("odd.yaml");
        Files.write(file, new byte[] {(byte) 0xC3, 0x28});
        assertThat(texts.problemsOf(file)).containsExactly("odd.yaml: is not UTF-8");
        Files.writeString(file, "#".repeat(1024 * 1024 + 1));
        assertThat(texts.problemsOf(file)).containsExactly("odd.yaml: is larger than 1 MiB");
        Files.delete(file);
        assertThat(texts.problemsOf(file))
                .containsExactly("odd.yaml: no such file; name the configuration with -c FILE");
    }
}
