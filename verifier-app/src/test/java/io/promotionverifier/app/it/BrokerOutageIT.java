package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is away, or gives our transaction up: the daemon stays, says so, and goes on by itself, exact. */
class BrokerOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void anOutageIsLoudAndOverByItself() throws ExecutionException, InterruptedException {
        try (CrashServers servers = new CrashServers();
                Installation verifier =
                        new Installation(folder, servers, Installation.CALM, CrashTable.CASES.yaml(""))) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            Page page = verifier.page();
            awaitChanges(verifier, 0);

            servers.kafka().kill();
            verifier.source().setBoth(1, "high");
            await().atMost(PATIENCE).until(() -> page.get("/health/ready").statusCode() == 503);
            JsonNode blind = await().atMost(PATIENCE)
                    .until(
                            () -> page.json("/api/v1/status").path(0),
                            status -> status.path("verdict").asText().equals("BLIND"));
            assertThat(blind.path("reason").asText()).contains("Kafka", servers.bootstrap());
            assertThat(page.get("/health/ready").body()).contains(servers.bootstrap());
            assertThat(page.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(page.get("/metrics").body()).contains("verifier_checkpoint_timestamp_seconds{");
            assertThat(page.get("/api/v1/promotions/PROMO-001/findings").statusCode())
                    .isEqualTo(503);
            assertThat(daemon.err()).containsOnlyOnce("BLIND: no checkpoint has been acknowledged");
            assertThat(daemon.err().lines().count()).as(daemon.err()).isLessThan(40);

            servers.kafka().restart();
            awaitChanges(verifier, 1);
            assertThat(daemon.isAlive()).isTrue();
            await().atMost(PATIENCE).until(() -> page.get("/health/ready").statusCode() == 200);

            verifier.source().setColumn(2, "high");
            awaitChanges(verifier, 2);
            fence(verifier);
            verifier.source().setDocument(2, "high");
            awaitChanges(verifier, 3);
            await().atMost(PATIENCE)
                    .until(() -> page.get("/metrics")
                            .body()
                            .contains("verifier_engine_restarts_total{cause=\"broker\",source=\"nexus\"} 1.0"));
            assertThat(verifier.topics().changes())
                    .hasSize(3)
                    .extracting(Topics.Event::id)
                    .doesNotHaveDuplicates();
            assertThat(verifier.status().path("gaps")).isEmpty();
            verifier.replaysTheSame();
        }
    }

    private static void awaitChanges(Installation verifier, int changes) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(verifier.page()
                            .json("/api/v1/status")
                            .path(0)
                            .at("/counts/changes")
                            .asInt(-1))
                    .isEqualTo(changes);
            assertThat(verifier.page()
                            .json("/api/v1/status")
                            .path(0)
                            .path("reason")
                            .asText())
                    .doesNotContain("Kafka");
        });
    }

    /** What the coordinator does to a transaction that timed out: its producer may not go on. */
    private static void fence(Installation verifier) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", verifier.bootstrap()))) {
            admin.fenceProducers(List.of(verifier.prefix() + ".nexus")).all().get();
        }
    }
}
