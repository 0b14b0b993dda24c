package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka is away, PostgreSQL is shut down meanwhile, or our transaction is given up: the daemon stays, says so, and goes
 * on by itself, exact.
 */
class BrokerOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SHUTDOWN_SECONDS = 15;
    private static final int UNANSWERED_SECONDS = 2;

    /** What containers grant, and half of what we promise. */
    private static final Duration STOP = Duration.ofSeconds(25);

    private static final Pattern RENEWED =
            Pattern.compile("verifier_engine_restarts_total\\{cause=\"broker\",source=\"nexus\"} [1-9]");
    private static final Pattern CHECKPOINT =
            Pattern.compile("verifier_checkpoint_timestamp_seconds\\{[^}]*} ([0-9.Ee+]+)");

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
            assertThat(secondsSinceTheLastCheckpoint(page)).isGreaterThan(9);
            assertThat(gateCheck(page, "verdict").path("result").asText()).isEqualTo("UNKNOWN");
            assertThat(gateCheck(page, "verdict").path("detail").asText()).contains("Kafka");
            assertThat(page.get("/api/v1/promotions/PROMO-001/findings").statusCode())
                    .isEqualTo(503);
            assertThat(daemon.err()).containsOnlyOnce("BLIND: no checkpoint has been acknowledged");
            assertThat(daemon.err().lines().count()).as(daemon.err()).isLessThan(40);

            // The handler waits for Kafka, and the server waits for the handler's engine: it must be let go all the
            // same.
            assertThat(servers.postgres().stopFast(SHUTDOWN_SECONDS)).isTrue();
            servers.postgres().restart();
            verifier.source().reconnect();

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
                    .until(() -> RENEWED.matcher(page.get("/metrics").body()).find());
            aSignalIsObeyedWhileKafkaIsAway(servers, verifier, daemon);
            awaitChanges(verifier, 5);
            assertThat(verifier.topics().changes())
                    .hasSize(5)
                    .extracting(Topics.Event::id)
                    .doesNotHaveDuplicates();
            assertThat(verifier.status().path("gaps")).isEmpty();
            verifier.replaysTheSame();
        }
    }

    /** What waited for the broker is in no checkpoint: it comes again, and counts once. */
    private static void aSignalIsObeyedWhileKafkaIsAway(
            CrashServers servers, Installation verifier, DaemonProcess daemon) {
        servers.kafka().kill();
        verifier.source().setBoth(3, "low");
        verifier.source().setColumn(4, "low");
        await().atMost(PATIENCE).until(() -> secondsSinceTheLastCheckpoint(verifier.page()) > UNANSWERED_SECONDS);
        daemon.terminate();
        assertThat(daemon.exitCode(STOP)).isEqualTo(143);
        assertThat(daemon.err())
                .containsOnlyOnce("the last checkpoint is not committed")
                .contains(servers.bootstrap());
        servers.kafka().restart();
        verifier.startDaemon();
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

    /** What the alert rules look at. */
    private static double secondsSinceTheLastCheckpoint(Page page) {
        Matcher figure = CHECKPOINT.matcher(page.get("/metrics").body());
        assertThat(figure.find()).isTrue();
        return System.currentTimeMillis() / 1_000.0 - Double.parseDouble(figure.group(1));
    }

    private static JsonNode gateCheck(Page page, String name) {
        JsonNode gate = page.json("/api/v1/promotions/PROMO-001/gate?to=C");
        for (JsonNode check : gate.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(name + " in " + gate);
    }

    /** What the coordinator does to a transaction that timed out: its producer may not go on. */
    private static void fence(Installation verifier) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", verifier.bootstrap()))) {
            admin.fenceProducers(List.of(verifier.prefix() + ".nexus")).all().get();
        }
    }
}
