package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a census of a large table costs the application beside it: the time of its transactions with the daemon alone
 * and during a {@code scan}, on a server with fsync. A measurement: it asserts what the census counts and prints the
 * rest. Runs only with {@code -Pcensus} (ten million rows) or {@code -Dverifier.census.rows=N}.
 */
@EnabledIfSystemProperty(named = "verifier.census.rows", matches = "[1-9][0-9]*")
class CensusLoadIT {
    private static final int ROWS = Integer.getInteger("verifier.census.rows", 0);
    private static final int RATE = Integer.getInteger("verifier.census.rate", 200);
    private static final int SECONDS = Integer.getInteger("verifier.census.seconds", 60);
    private static final Duration PATIENCE = Duration.ofMinutes(5).plusMillis(ROWS / 2);

    private static final String TABLE =
            "CREATE TABLE big (id bigint PRIMARY KEY, metadata jsonb NOT NULL, priority text)";
    private static final String ROWS_OF_IT = """
            INSERT INTO big (id, metadata, priority)
            SELECT id, jsonb_build_object('priority', 'low', 'channel', 'email', 'pad', repeat('x', 60)), 'low'
            FROM generate_series(1, %d) AS id
            """;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aCensusCountsEveryRowWhileTheApplicationGoesOn() {
        PostgresOptions options = PostgresOptions.temporary()
                .withDurable(true)
                .withSetting("shared_buffers", "512MB")
                .withSetting("max_wal_size", "4GB");
        try (OwnPostgres own = new OwnPostgres(options);
                Installation verifier =
                        new Installation(folder, own, Installation.CALM, Installation.promotion("big"))) {
            verifier.source().run(TABLE, ROWS_OF_IT.formatted(ROWS), "VACUUM ANALYZE big", "CHECKPOINT");
            SteadyLoad load = new SteadyLoad(verifier.url(), own.user(), own.password(), ROWS, RATE);
            tell("no verifier", load.until(seconds(SECONDS)));

            assertThat(verifier.run("setup").exitCode()).isZero();
            Instant begun = Instant.now();
            verifier.startDaemon();
            JsonNode first = await().pollInterval(Duration.ofMillis(500))
                    .atMost(PATIENCE)
                    .until(verifier::status, status -> !status.path("census").isNull())
                    .path("census");
            assertThat(first.path("rows").asInt()).isEqualTo(ROWS);
            assertThat(first.path("mismatched").asInt()).isZero();
            tell("census of " + ROWS + " rows without load, from the start of the daemon", begun);

            tell("daemon, no census", load.until(seconds(SECONDS)));
            Instant ordered = Instant.now();
            CompletableFuture<Installation.Ended> scan = CompletableFuture.supplyAsync(() -> verifier.run("scan"));
            tell("daemon and scan", load.until(scan));
            tell("scan of " + ROWS + " rows under load", ordered);
            assertThat(scan.join().exitCode()).as(scan.join().err()).isZero();
            assertThat(verifier.status().at("/census/rows").asInt()).isEqualTo(ROWS);
            tell("daemon, no census, again", load.until(seconds(SECONDS)));
        }
    }

    private static CompletableFuture<Void> seconds(int seconds) {
        Executor later = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
        return CompletableFuture.runAsync(() -> {}, later);
    }

    private static void tell(String what, SteadyLoad.Seen seen) {
        System.out.println("CensusLoadIT: " + what + ": " + seen);
    }

    private static void tell(String what, Instant begun) {
        System.out.println("CensusLoadIT: " + what + ": "
                + Duration.between(begun, Instant.now()).toMillis() + " ms");
    }
}
