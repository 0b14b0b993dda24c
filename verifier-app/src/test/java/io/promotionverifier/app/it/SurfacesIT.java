package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports, told latencies and orders over HTTP through a running daemon, seen on every surface. */
class SurfacesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "from-the-vault";

    private static final String REPORTS = """
            reports:
              - id: cases-by-priority
                promotion: PROMO-001
                every: 1s
                column: SELECT priority AS k, count(*) AS n FROM nexus_cases GROUP BY 1
                document: SELECT metadata->>'priority' AS k, count(*) AS n FROM nexus_cases GROUP BY 1;
              - id: broken
                promotion: PROMO-001
                every: 1s
                column: SELECT 1 / (count(*) - count(*)) AS n FROM nexus_cases
                document: SELECT 1 AS n
            http""";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of(".");

    private static void awaitTrigger(Installation verifier, String trigger) {
        await().atMost(PATIENCE)
                .until(() -> verifier.page()
                        .json("/api/v1/status")
                        .at("/0/abort/trigger")
                        .asText()
                        .equals(trigger));
    }

    private void order(Installation verifier, String what, String body) {
        URI uri = URI.create("http://127.0.0.1:" + verifier.port() + "/api/v1/promotions/PROMO-001/" + what);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clear(Installation verifier) {
        order(verifier, "clear", "{\"reason\": \"seen\", \"by\": \"ana\"}");
        awaitTrigger(verifier, "null");
    }

    private List<String> listen(Installation verifier) {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + verifier.port() + "/api/v1/events"))
                .build();
        Thread reading = new Thread(() -> follow(request, lines));
        reading.setDaemon(true);
        reading.start();
        await().atMost(PATIENCE).until(() -> !lines.isEmpty());
        return lines;
    }

    private void follow(HttpRequest request, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            lines.add("ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode report(JsonNode status, String id) {
        for (JsonNode report : status.path("reports")) {
            if (report.path("report").asText().equals(id)) {
                return report;
            }
        }
        throw new AssertionError("no report " + id + ": " + status);
    }

    @Test
    void whatPeopleReadAndTellAbortsOnceItLastsAndIsSeenEverywhere() {
        try (Installation verifier = new Installation(folder)) {
            verifier.edit("report_divergence: {max_rows: 1000000}", "dual_write_latency: {application: {p99: 250ms}}");
            verifier.edit("\nhttp", "\nauth: {token: " + TOKEN + "}\n" + REPORTS);
            Installation.Ended setup = verifier.run("setup");
            assertThat(setup.exitCode()).as(setup.err()).isZero();
            verifier.startDaemon();
            List<String> events = listen(verifier);

            aToldLatencyAborts(verifier);
            clear(verifier);
            aReportThatGoesOnDifferingAborts(verifier);
            anUnreadableReportIsUnknown(verifier);
            everySurfaceSawIt(verifier, events);
        }
    }

    private void aToldLatencyAborts(Installation verifier) {
        order(verifier, "write-latency", "{\"p99_seconds\": 0.2, \"window_seconds\": 60}");
        await().atMost(PATIENCE)
                .until(() -> !verifier.page()
                        .json("/api/v1/status")
                        .at("/0/application_latency/told")
                        .isNull());
        assertThat(verifier.status().at("/abort/active").asBoolean()).isFalse();
        order(verifier, "write-latency", "{\"p99_seconds\": 0.3, \"window_seconds\": 60, \"by\": \"Zoë\"}");
        awaitTrigger(verifier, "DUAL_WRITE_LATENCY");
    }

    private static void aReportThatGoesOnDifferingAborts(Installation verifier) {
        await().atMost(PATIENCE)
                .until(() -> report(verifier.page().json("/api/v1/status").path(0), "PROMO-001-default")
                        .path("divergent_rows")
                        .isInt());
        JsonNode before = verifier.page().json("/api/v1/status").path(0);
        assertThat(report(before, "cases-by-priority").path("divergent_rows").asInt(-1))
                .isZero();
        assertThat(report(before, "PROMO-001-default").path("divergent_rows").asInt(-1))
                .isZero();
        verifier.source().setColumn(3, "zebra");
        awaitTrigger(verifier, "REPORT_DIVERGENCE");
        JsonNode abort = verifier.topics().aborts().get(2).value();
        assertThat(abort.path("rule").asText()).isEqualTo("report cases-by-priority");
        assertThat(abort.path("runbook").asText()).isEqualTo("docs/runbooks/report-divergence.md");
        assertThat(abort.path("observed").asInt()).isPositive();
    }

    private static void anUnreadableReportIsUnknown(Installation verifier) {
        JsonNode broken = report(verifier.page().json("/api/v1/status").path(0), "broken");
        assertThat(broken.path("divergent_rows").isNull()).isTrue();
        assertThat(broken.path("trouble").asText()).contains("broken");
        String metrics = verifier.page().get("/metrics").body();
        assertThat(metrics)
                .contains(
                        "verifier_report_divergent_rows{promotion=\"PROMO-001\",report=\"broken\"} NaN",
                        "verifier_abort_threshold{promotion=\"PROMO-001\",trigger=\"REPORT_DIVERGENCE\"} 0.0",
                        "verifier_abort_threshold{promotion=\"PROMO-001\",trigger=\"DUAL_WRITE_LATENCY\"} 2.0",
                        "verifier_application_write_latency_seconds{measure=\"mean\",promotion=\"PROMO-001\"} NaN")
                .containsPattern("verifier_report_failures_total\\{promotion=\"PROMO-001\",report=\"broken\"} [1-9]")
                .containsPattern(
                        "verifier_report_divergent_rows\\{promotion=\"PROMO-001\",report=\"cases-by-priority\"} [1-9]");
    }

    /** What the page's clients heard is what the topics keep, id by id. */
    private static void everySurfaceSawIt(Installation verifier, List<String> events) {
        List<Topics.Event> aborts = verifier.topics().aborts();
        assertThat(aborts)
                .extracting(Topics.Event::type)
                .containsExactly("verifier.abort.raised.v1", "verifier.abort.cleared.v1", "verifier.abort.raised.v1");
        for (Topics.Event abort : aborts) {
            await().atMost(PATIENCE).until(() -> events.contains("id: " + abort.id()));
        }
        for (Topics.Event finding : verifier.topics().findings()) {
            await().atMost(PATIENCE).until(() -> events.contains("id: " + finding.id()));
        }
        String said = events.stream().collect(Collectors.joining("\n"));
        assertThat(said).contains("event: verifier.finding.opened.v1", "event: verifier.status.v1");
        assertThat(said).doesNotContain("zebra", TOKEN);
        assertThat(verifier.page().get("/").headers().firstValue("Content-Security-Policy"))
                .isPresent();
        assertThat(verifier.topics().commands()).hasSize(3);
    }

    @Test
    void aReportWhoseSidesCannotBeComparedIsToldBeforeAnythingBegins() {
        try (Installation verifier = new Installation(folder)) {
            verifier.edit("\nhttp", "\n" + REPORTS.replace("SELECT 1 AS n", "SELECT 1 AS other"));
            Installation.Ended doctor = verifier.run("doctor");
            assertThat(doctor.exitCode()).as(doctor.err()).isEqualTo(1);
            assertThat(doctor.out()).contains("REFUSE", "report broken", "[n]", "[other]");
            assertThat(verifier.run("setup").exitCode()).isNotZero();
        }
    }
}
