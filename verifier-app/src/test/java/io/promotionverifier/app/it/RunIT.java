package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon on an application's own database and broker: what was written is what it tells, on every surface. */
class RunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> METRICS = List.of(
            "verifier_changes_total",
            "verifier_outcomes_total",
            "verifier_mismatches_total",
            "verifier_unverifiable_total",
            "verifier_backfill_changes_total",
            "verifier_reread_changes_total",
            "verifier_findings_open",
            "verifier_mismatch_ratio",
            "verifier_null_ratio",
            "verifier_abort_active",
            "verifier_abort_threshold",
            "verifier_aborts_total",
            "verifier_dual_write_latency_seconds_bucket",
            "verifier_detection_seconds_bucket",
            "verifier_window_verified_seconds",
            "verifier_window_blind_seconds_total",
            "verifier_coverage_gaps_total",
            "verifier_source_lag_seconds",
            "verifier_source_lag_bytes",
            "verifier_source_heartbeat_timestamp_seconds",
            "verifier_slot_retained_bytes",
            "verifier_engine_restarts_total",
            "verifier_checkpoint_seconds_bucket",
            "verifier_build_info");

    @TempDir
    private Path folder = Path.of(".");

    private static JsonNode awaitStatus(Installation verifier, Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE).until(verifier::status, wanted);
    }

    private static Predicate<JsonNode> settled(int confirmed) {
        return status -> status.at("/findings/suspected").asInt() == 0
                && status.at("/findings/confirmed").asInt() == confirmed;
    }

    private static Map<String, Integer> figures(JsonNode object) {
        Map<String, Integer> figures = new java.util.TreeMap<>();
        object.properties()
                .forEach(
                        member -> figures.put(member.getKey(), member.getValue().asInt()));
        return figures;
    }

    @Test
    void everySurfaceTellsExactlyWhatWasWritten() {
        try (Installation verifier = new Installation(folder)) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            verifier.startDaemon();
            write(verifier);
            JsonNode status = awaitStatus(
                    verifier, settled(2).and(seen -> seen.at("/counts/changes").asInt() == 11));

            tellsCounts(status);
            tellsFindings(verifier);
            tellsEvents(verifier);
            tellsOnHttp(verifier, status);
            verifier.replaysTheSame();
        }
    }

    /** Rows 1 to 20 agree before the verifier starts; what each line adds stands in {@link #tellsCounts}. */
    private static void write(Installation verifier) {
        Source application = verifier.source();
        application.setColumn(4, "normal");
        awaitStatus(verifier, settled(1));
        application.setDocument(4, "normal");
        application.setBoth(1, "high");
        application.run("UPDATE nexus_cases SET priority = NULL WHERE id = 2");
        application.setColumn(3, "high");
        application.setDocument(3, "high");
        application.insert(21, "low", "low");
        application.run("INSERT INTO nexus_cases (id, metadata) VALUES (22, '{}')");
        application.delete(5);
        application.inVain("UPDATE nexus_cases SET priority = NULL");
        application.together(
                "UPDATE nexus_cases SET priority = 'urgent' WHERE id = 6",
                "UPDATE nexus_cases SET priority = 'strange', metadata = '{\"priority\": \"strange\"}' WHERE id = 6");
    }

    private static void tellsCounts(JsonNode status) {
        assertThat(figures(status.path("counts")))
                .isEqualTo(Map.of(
                        "changes", 11,
                        "matched", 4,
                        "absent", 1,
                        "mismatched", 4,
                        "superseded", 1,
                        "explained", 0,
                        "unverifiable", 0,
                        "skipped", 1));
        assertThat(figures(status.path("kinds")))
                .isEqualTo(Map.of(
                        "VALUE_DIFFERS", 2,
                        "COLUMN_MISSING", 1,
                        "DOCUMENT_MISSING", 0,
                        "UNCASTABLE", 0,
                        "OUT_OF_DOMAIN", 1,
                        "KEY_REAPPEARED", 0));
        assertThat(figures(status.path("findings")))
                .isEqualTo(Map.of("suspected", 0, "confirmed", 2, "converged", 1, "resolved", 1));
        assertThat(status.at("/dual_write_latency/samples").asInt()).isEqualTo(1);
        assertThat(status.at("/dual_write_latency/max_seconds").asDouble()).isBetween(0.0, 1.0);
        assertThat(status.at("/position/lsn").asText()).matches("[0-9A-F]+/[0-9A-F]+");
        assertThat(status.path("gaps")).isEmpty();
        assertThat(status.at("/abort/active").asBoolean()).isFalse();
    }

    private static JsonNode finding(JsonNode findings, int id) {
        for (JsonNode finding : findings) {
            if (finding.at("/key/id").asInt() == id) {
                return finding;
            }
        }
        throw new AssertionError("no finding of row " + id + ": " + findings);
    }

    private static void tellsFindings(Installation verifier) {
        Installation.Ended listed = verifier.run("findings", "-o", "json");
        JsonNode findings = listed.json();

        assertThat(listed.exitCode()).isEqualTo(1);
        assertThat(findings).hasSize(4);
        assertThat(finding(findings, 2).path("state").asText()).isEqualTo("confirmed");
        assertThat(finding(findings, 2).path("kind").asText()).isEqualTo("COLUMN_MISSING");
        assertThat(finding(findings, 2).path("column")).isEqualTo(absent());
        assertThat(finding(findings, 3).path("state").asText()).isEqualTo("converged");
        assertThat(finding(findings, 3).path("latency_seconds").asDouble()).isBetween(0.0, 1.0);
        assertThat(finding(findings, 4).path("state").asText()).isEqualTo("resolved");
        assertThat(finding(findings, 4).path("resolution").asText()).isEqualTo("agreed");
        assertThat(finding(findings, 6).path("kind").asText()).isEqualTo("OUT_OF_DOMAIN");
        assertThat(finding(findings, 6).at("/column/length").asInt()).isEqualTo("strange".length());
        assertThat(finding(findings, 6).at("/column/digest").asText()).isNotEmpty();
        assertThat(finding(findings, 6).path("column"))
                .isEqualTo(finding(findings, 6).path("document"));
        assertThat(listed.out()).doesNotContain("strange", "urgent", "normal");
        assertThat(verifier.run("findings", "--state", "converged,resolved", "-o", "json")
                        .exitCode())
                .isZero();
    }

    private static JsonNode absent() {
        return JsonNodeFactory.instance.objectNode().put("absent", "null");
    }

    private static void tellsEvents(Installation verifier) {
        List<Topics.Event> findings = verifier.topics().findings();
        List<Topics.Event> changes = verifier.topics().changes();

        assertThat(findings)
                .extracting(Topics.Event::type)
                .containsExactlyInAnyOrder(
                        "verifier.finding.opened.v1",
                        "verifier.finding.confirmed.v1",
                        "verifier.finding.resolved.v1",
                        "verifier.finding.opened.v1",
                        "verifier.finding.confirmed.v1",
                        "verifier.finding.opened.v1",
                        "verifier.finding.confirmed.v1",
                        "verifier.finding.opened.v1",
                        "verifier.finding.converged.v1");
        assertThat(changes).hasSize(11);
        assertThat(ids(findings)).hasSameSizeAs(findings);
        assertThat(ids(changes)).hasSameSizeAs(changes);
        for (Topics.Event event : findings) {
            assertThat(event.headers())
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_source", "/verifier/nexus")
                    .containsEntry("ce_subject", Installation.PROMOTION)
                    .containsEntry("content-type", "application/json");
            assertThat(event.headers().get("ce_time")).matches("\\S+T\\S+\\.\\d{6}Z");
            assertThat(event.key()).startsWith(Installation.PROMOTION + "|");
            assertThat(event.value().toString()).doesNotContain("strange", "urgent", "normal");
        }
        assertThat(changes)
                .allSatisfy(
                        change -> assertThat(change.value().toString()).doesNotContain("strange", "urgent", "normal"));
    }

    private static Set<String> ids(List<Topics.Event> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        return ids;
    }

    private static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.properties().forEach(member -> {
            names.add(member.getKey());
            members(member.getValue()).forEach(inner -> names.add(member.getKey() + "." + inner));
        });
        return names;
    }

    private static void tellsOnHttp(Installation verifier, JsonNode status) {
        Page page = verifier.page();
        JsonNode shown = page.json("/api/v1/status").path(0);
        HttpResponse<String> metrics = page.get("/metrics");

        assertThat(members(shown)).isEqualTo(members(status));
        assertThat(shown.path("counts")).isEqualTo(status.path("counts"));
        assertThat(page.json("/api/v1/promotions/PROMO-001/findings"))
                .isEqualTo(verifier.run("findings", "-o", "json").json());
        assertThat(page.get("/api/v1/promotions/NOBODY").statusCode()).isEqualTo(404);
        assertThat(page.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(page.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(page.get("/health/started").body()).contains("\"UP\"");
        assertThat(page.statusLineFor("attacker.example")).contains(" 421 ");
        assertThat(page.statusLineFor("localhost:" + verifier.port())).contains(" 200 ");
        assertThat(metrics.body()).contains(METRICS);
        assertThat(metrics.body().lines())
                .filteredOn(line -> line.startsWith("# HELP verifier_"))
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.split(" ", 4).length == 4);
        assertThat(metrics.body()).contains("verifier_outcomes_total{outcome=\"MATCHED\",promotion=\"PROMO-001\"} 4.0");
    }

    @Test
    void aSignalEndsTheDaemonWithALastCheckpointAndItGoesOnWhereItWas() {
        try (Installation verifier = new Installation(folder)) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            verifier.source().setColumn(1, "high");
            awaitStatus(verifier, seen -> seen.at("/counts/changes").asInt() == 1);

            Instant before =
                    Instant.parse(verifier.status().at("/position/commit_time").asText());
            daemon.terminate();
            assertThat(daemon.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
            Instant after =
                    Instant.parse(verifier.status().at("/position/commit_time").asText());
            assertThat(after).isAfterOrEqualTo(before);
            assertThat(daemon.err()).doesNotContain("ERROR", "Exception");

            verifier.source().setBoth(2, "urgent");
            verifier.startDaemon();
            JsonNode status = awaitStatus(
                    verifier, settled(1).and(seen -> seen.at("/counts/changes").asInt() == 2));
            assertThat(status.at("/counts/matched").asInt()).isEqualTo(1);
            assertThat(verifier.topics().changes()).hasSize(2);
            verifier.replaysTheSame();
        }
    }
}
