package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records a small history with as many kinds of records as fit, to be kept for later versions:
 * {@code -Dverifier.history.write=FILE}. Once for each minor version, into connectors/kafka/src/test/resources/history.
 */
@EnabledIfSystemProperty(named = "verifier.history.write", matches = ".+")
class KeptHistoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aStoryWithManyKindsOfRecordsIsKept() throws IOException {
        try (Installation verifier = new Installation(folder, "{max: 10%, mode: strict, min_rows: 5}")) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            writesOfEachKind(verifier.source());
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/abort/active").asBoolean());
            verifier.run("abort", "clear", "--promotion", Installation.PROMOTION, "--reason", "seen", "--by", "ana");
            await().atMost(PATIENCE)
                    .until(() -> !verifier.status().at("/abort/active").asBoolean());
            assertThat(verifier.run("scan").exitCode()).isEqualTo(1);
            daemon.kill();
            verifier.source().setColumn(12, "urgent");
            verifier.edit("grace: 1s", "grace: 2s");
            daemon = verifier.startDaemon();
            verifier.source().setBoth(1, "normal");
            verifier.source().insert(30, "low", "high");
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/findings/suspected").asInt() == 0
                            && verifier.status().at("/findings/resolved").asInt() > 0);
            verifier.source().run("TRUNCATE nexus_cases");
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/findings/confirmed").asInt() == 0);
            daemon.terminate();
            daemon.exitCode(PATIENCE);
            verifier.replaysTheSame();
            List<String> lines = new ArrayList<>();
            for (String topic : List.of("history", "findings", "counters", "aborts")) {
                lines.addAll(verifier.topics().lines(topic));
            }
            Files.write(Path.of(System.getProperty("verifier.history.write")), lines);
        }
    }

    private static void writesOfEachKind(Source source) {
        source.together(
                "SELECT pg_logical_emit_message(true, 'verifier.writer', 'checkout@2')",
                "UPDATE nexus_cases SET priority = 'high' WHERE id <= 3");
        source.together(
                "SELECT pg_logical_emit_message(true, 'verifier.backfill', 'PROMO-001')",
                "UPDATE nexus_cases SET priority = 'low' WHERE id IN (8, 9)");
        source.together(
                "UPDATE nexus_cases SET priority = 'odd' WHERE id = 4",
                "UPDATE nexus_cases SET priority = 'low' WHERE id = 4");
        source.setColumn(5, "high");
        source.setDocument(5, "high");
        source.run(
                "UPDATE nexus_cases SET id = 106, priority = NULL WHERE id = 6",
                "DELETE FROM nexus_cases WHERE id = 7",
                "UPDATE nexus_cases SET metadata = NULL, priority = NULL WHERE id = 10",
                "UPDATE nexus_cases SET metadata = '{\"priority\": \"strange\"}' WHERE id = 11");
        source.insert(21, "low", "low");
    }
}
