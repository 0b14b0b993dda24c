package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large documents that the log leaves out when they do not change, with the default replica identity. */
class OutOfLineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of(".");

    private static JsonNode awaitChanges(Installation verifier, int changes, int confirmed) {
        return await().atMost(PATIENCE)
                .until(
                        verifier::status,
                        status -> status.at("/counts/changes").asInt() == changes
                                && status.at("/findings/suspected").asInt() == 0
                                && status.at("/findings/confirmed").asInt() == confirmed);
    }

    @Test
    void aColumnThatLeavesItsUnchangedDocumentIsFoundAndANewerChangeIsNeverOverruled() {
        try (Installation verifier = new Installation(folder)) {
            Source application = verifier.source();
            application.run(
                    "ALTER TABLE nexus_cases ALTER metadata SET STORAGE EXTERNAL",
                    "UPDATE nexus_cases SET metadata = metadata || jsonb_build_object('pad', repeat('x', 9000))"
                            + " WHERE id <= 10");
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            application.setColumn(1, "high");
            application.setColumn(2, "low");
            awaitChanges(verifier, 2, 1);
            daemon.terminate();
            assertThat(daemon.exitCode(PATIENCE)).isEqualTo(143);

            application.setColumn(3, "high");
            application.setBoth(3, "normal");
            application.together(
                    "UPDATE nexus_cases SET priority = 'high' WHERE id = 4",
                    "UPDATE nexus_cases SET priority = 'low' WHERE id = 4");
            application.together("SAVEPOINT s", "UPDATE nexus_cases SET priority = 'high' WHERE id = 5");
            application.together(
                    "SELECT pg_logical_emit_message(true, 'verifier.backfill', 'PROMO-001')",
                    "UPDATE nexus_cases SET priority = 'low' WHERE id IN (6, 7, 11)");
            verifier.startDaemon();

            tells(awaitChanges(verifier, 10, 1));
            tellsHistory(verifier.topics().changes());
            assertThat(verifier.page().get("/metrics").body())
                    .contains("verifier_reread_changes_total{promotion=\"PROMO-001\"} 6.0")
                    .contains("verifier_unverifiable_total{promotion=\"PROMO-001\",reason=\"TOAST\"} 2.0");
            verifier.replaysTheSame();
        }
    }

    /** Row 3 was changed again before anybody could look, row 5 inside a savepoint. */
    private static void tells(JsonNode status) {
        assertThat(status.at("/unverifiable_reasons/TOAST").asInt()).isEqualTo(2);
        assertThat(status.at("/counts/unverifiable").asInt()).isEqualTo(2);
        assertThat(status.at("/counts/mismatched").asInt()).isEqualTo(1);
        assertThat(status.at("/counts/superseded").asInt()).isEqualTo(1);
        assertThat(status.at("/counts/matched").asInt()).isEqualTo(6);
        assertThat(status.at("/reread_changes").asInt()).isEqualTo(6);
        assertThat(status.at("/backfill_changes").asInt()).isEqualTo(3);
    }

    private static void tellsHistory(List<Topics.Event> changes) {
        assertThat(changes)
                .extracting(OutOfLineIT::told)
                .containsExactly(
                        "1 live null row",
                        "2 live null row",
                        "3 live null toast",
                        "3 live null event",
                        "4 live null row",
                        "4 live null row",
                        "5 live null toast",
                        "6 backfill PROMO-001 row",
                        "7 backfill PROMO-001 row",
                        "11 backfill PROMO-001 event");
    }

    private static String told(Topics.Event change) {
        JsonNode value = change.value();
        JsonNode document = value.at("/sides/PROMO-001/document");
        String from = document.path("read").asText(document.path("unavailable").asText("event"));
        return value.at("/key/id").asText() + " " + value.path("origin").asText() + " "
                + value.path("writer").asText() + " " + from;
    }
}
