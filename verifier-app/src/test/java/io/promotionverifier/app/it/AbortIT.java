package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Aborts: raised by the rate or by a person, latched over restarts, ended only by a clear. */
class AbortIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ABORT_ACTIVE = 3;
    private static final List<String> MEMBERS = List.of(
            "id",
            "promotion",
            "trigger",
            "rule",
            "observed",
            "threshold",
            "sample",
            "mismatched",
            "window_seconds",
            "lsn",
            "raised",
            "by",
            "reason",
            "findings",
            "attribution",
            "procedure",
            "rollback_sql",
            "runbook");

    @TempDir
    private Path folder = Path.of(".");

    private static void awaitAbort(Installation verifier, boolean active) {
        await().atMost(PATIENCE)
                .until(() -> verifier.status().at("/abort/active").asBoolean() == active);
    }

    private static void stop(DaemonProcess daemon) {
        daemon.terminate();
        assertThat(daemon.exitCode(PATIENCE)).isEqualTo(143);
    }

    private static Installation.Ended abort(Installation verifier, String action) {
        Installation.Ended ended = verifier.run(
                "abort", action, "--promotion", Installation.PROMOTION, "--reason", "the pager rang", "--by", "ana");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }

    @Test
    void aRateOverItsLimitAbortsOnceAndStaysLatchedOverARestart() {
        try (Installation verifier = new Installation(folder, "{max: 10%, mode: strict, min_rows: 5}")) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            assertThat(verifier.run("status").exitCode()).isNotEqualTo(ABORT_ACTIVE);
            verifier.source()
                    .together(
                            "SELECT pg_logical_emit_message(true, 'verifier.writer', 'checkout@2')",
                            "UPDATE nexus_cases SET priority = 'high' WHERE id <= 4");
            verifier.source().run("UPDATE nexus_cases SET title = title || '!' WHERE id > 10");
            awaitAbort(verifier, true);

            assertThat(verifier.run("status").exitCode()).isEqualTo(ABORT_ACTIVE);
            assertThat(verifier.page().get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(verifier.topics().aborts()).hasSize(1);
            tellsWhy(verifier, verifier.topics().aborts().get(0));

            assertThat(verifier.run("status").out())
                    .contains("\n  4 of 4 rows that disagree are from checkout@2, all since ");

            stop(daemon);
            assertThat(verifier.run("status").exitCode()).isEqualTo(ABORT_ACTIVE);
            verifier.startDaemon();
            verifier.source().run("UPDATE nexus_cases SET priority = 'urgent' WHERE id IN (5, 6)");
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/findings/confirmed").asInt() == 6);
            assertThat(verifier.status().at("/attribution/writer"))
                    .hasSize(2)
                    .first()
                    .satisfies(writer ->
                            assertThat(writer.at("/findings/confirmed").asInt()).isEqualTo(4));
            assertThat(verifier.topics().aborts()).hasSize(1);
            assertThat(verifier.run("status").exitCode()).isEqualTo(ABORT_ACTIVE);
            verifier.replaysTheSame();
        }
    }

    private static void tellsWhy(Installation verifier, Topics.Event event) {
        JsonNode abort = event.value();
        Set<String> members = new TreeSet<>();
        abort.fieldNames().forEachRemaining(members::add);

        assertThat(event.type()).isEqualTo("verifier.abort.raised.v1");
        assertThat(event.key()).isEqualTo(Installation.PROMOTION);
        assertThat(event.headers())
                .containsEntry("ce_subject", Installation.PROMOTION)
                .containsEntry("ce_source", "/verifier/nexus")
                .containsEntry("ce_specversion", "1.0");
        assertThat(members).containsExactlyInAnyOrderElementsOf(MEMBERS);
        assertThat(abort.path("trigger").asText()).isEqualTo("MISMATCH_RATE");
        assertThat(abort.path("rule").asText()).isEqualTo("strict");
        assertThat(abort.path("threshold").asDouble()).isEqualTo(0.1);
        assertThat(abort.path("sample").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(abort.path("observed").asDouble())
                .isGreaterThan(0.1)
                .isEqualTo(abort.path("mismatched").asDouble()
                        / abort.path("sample").asDouble());
        assertThat(abort.path("by").isNull()).isTrue();
        assertThat(abort.path("reason").asText()).contains("from checkout@2, all since ");
        assertThat(abort.at("/attribution/writer/0/name").asText()).isEqualTo("checkout@2");
        assertThat(abort.path("procedure")).hasSize(5);
        assertThat(abort.path("rollback_sql").asText()).contains("nexus_cases");
        assertThat(abort.path("runbook").asText()).isEqualTo("docs/runbooks/mismatch-rate.md");
        assertThat(abort.path("findings"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.path("kind").asText()).isEqualTo("VALUE_DIFFERS"));
        assertThat(verifier.status().at("/abort/id").asText())
                .isEqualTo(abort.path("id").asText());
    }

    @Test
    void anAbortByHandNeedsNoDaemonAndEndsOnlyByAClear() {
        try (Installation verifier = new Installation(folder)) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            assertThat(abort(verifier, "raise").out()).contains("raised");
            assertThat(verifier.run("status").exitCode()).isEqualTo(ABORT_ACTIVE);
            assertThat(abort(verifier, "raise").out()).contains("already");
            assertThat(abort(verifier, "clear").out()).contains("cleared");
            awaitAbort(verifier, false);
            JsonNode nothing = clear(verifier);
            assertThat(nothing.path("waiting").asBoolean(true)).isFalse();
            assertThat(nothing.path("changed").asBoolean(true)).isFalse();
            assertThat(nothing.path("active").asBoolean(true)).isFalse();
            assertThat(verifier.run("status").exitCode()).isNotEqualTo(ABORT_ACTIVE);

            stop(daemon);
            JsonNode waiting = clear(verifier);
            assertThat(waiting.path("waiting").asBoolean()).isTrue();
            assertThat(waiting.path("changed").isNull()).isTrue();
            assertThat(waiting.path("active").isNull()).isTrue();
            int ordered = verifier.topics().commands().size();
            CompletableFuture<Installation.Ended> raised =
                    CompletableFuture.supplyAsync(() -> abort(verifier, "raise"));
            await().atMost(PATIENCE).until(() -> verifier.topics().commands().size() > ordered);
            assertThat(verifier.status().at("/abort/active").asBoolean()).isFalse();
            verifier.startDaemon();
            assertThat(raised.join().exitCode()).isZero();
            awaitAbort(verifier, true);

            assertThat(verifier.status().at("/abort/trigger").asText()).isEqualTo("MANUAL");
            assertThat(verifier.topics().aborts())
                    .extracting(Topics.Event::type)
                    .containsExactly(
                            "verifier.abort.raised.v1", "verifier.abort.cleared.v1", "verifier.abort.raised.v1");
            JsonNode listed = verifier.run("abort", "list", "-o", "json").json();
            assertThat(listed).hasSize(3).allSatisfy(abort -> {
                assertThat(abort.path("by").asText()).isEqualTo("ana");
                assertThat(abort.path("reason").asText()).contains("the pager rang");
            });
            verifier.replaysTheSame();
        }
    }

    private static JsonNode clear(Installation verifier) {
        return verifier.run("abort", "clear", "--promotion", Installation.PROMOTION, "--reason", "r", "-o", "json")
                .json();
    }
}
