package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The census of the running verifier: what nobody writes, what races with it, what a kill or a gap leaves behind. */
class CensusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MISMATCH = 1;
    private static final int NOT_ENOUGH = 4;

    /** More than fit into the first chunk. */
    private static final int MANY = 30_000;

    @TempDir
    private Path folder = Path.of(".");

    private static JsonNode awaitCensus(Installation verifier) {
        return await().atMost(PATIENCE)
                .until(verifier::status, status -> !status.path("census").isNull());
    }

    @Test
    void whatNobodyWritesIsFoundAtTheStartAndByAScanWithAndWithoutADaemon() {
        try (Installation verifier = new Installation(folder)) {
            verifier.source().insert(21, "low", "high");
            verifier.source()
                    .run("INSERT INTO nexus_cases (id, metadata) VALUES (22, '{\"priority\": \"low\"}'), (23, NULL)");
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            JsonNode status = awaitCensus(verifier);
            assertThat(status.at("/census/rows").asInt()).isEqualTo(23);
            assertThat(status.at("/census/mismatched").asInt()).isEqualTo(2);
            assertThat(status.at("/rates/state/rows").asInt()).isEqualTo(22);
            assertThat(status.at("/rates/null/null_rows").asInt()).isOne();
            assertThat(status.at("/rates/null/rows").asInt()).isEqualTo(22);
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/findings/confirmed").asInt() == 2);
            assertThat(verifier.run("findings", "--state", "confirmed", "-o", "json")
                            .json())
                    .allSatisfy(finding ->
                            assertThat(finding.path("origin").asText()).isEqualTo("census"));
            assertThat(verifier.status().at("/rates/state/value").asDouble()).isEqualTo(2.0 / 22);
            assertThat(verifier.status().at("/counts/changes").asInt()).isZero();
            assertThat(verifier.page().get("/metrics").body())
                    .contains("verifier_census_progress_ratio{promotion=\"PROMO-001\"} 1.0");

            Installation.Ended found = verifier.run("scan", "--promotion", Installation.PROMOTION);
            assertThat(found.exitCode()).as(found.err()).isEqualTo(MISMATCH);
            assertThat(found.out()).contains("23 rows, 2 mismatched");
            verifier.source().setBoth(21, "low");
            verifier.source().setBoth(22, "low");
            Installation.Ended clean = verifier.run("scan");
            assertThat(clean.exitCode()).as(clean.err()).isZero();
            assertThat(clean.out()).contains("none mismatched");

            daemon.terminate();
            daemon.exitCode(PATIENCE);
            verifier.source().insert(24, "low", "urgent");
            Installation.Ended alone = verifier.run("scan", "-o", "json");
            assertThat(alone.err()).contains("No verifier is running");
            assertThat(alone.json().at("/0/census/rows").asInt()).isEqualTo(24);
            verifier.replaysTheSame();
        }
    }

    @Test
    void splitWritersThatRaceWithItLeaveNoFindingAndNoDoubt() {
        try (Installation verifier = new Installation(folder)) {
            verifier.edit("grace: 1s", "grace: 60s");
            assertThat(verifier.run("setup").exitCode()).isZero();
            verifier.startDaemon();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                String[] values = {"low", "normal", "high", "urgent"};
                for (int i = 0; !over.get(); i++) {
                    long id = 1L + i % 20;
                    verifier.source().setColumn(id, values[i % 4]);
                    verifier.source().setDocument(id, values[i % 4]);
                }
            });
            for (int i = 0; i < 2; i++) {
                Installation.Ended ended = verifier.run("scan", "-o", "json");
                assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
                assertThat(ended.json().at("/0/verdict").asText()).isNotEqualTo("SUSPECT");
            }
            over.set(true);
            writing.join();
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/findings/suspected").asInt() == 0);
            assertThat(verifier.topics().findings())
                    .isNotEmpty()
                    .extracting(event -> event.value().path("origin").asText())
                    .containsOnly("stream");
            verifier.replaysTheSame();
        }
    }

    @Test
    void aKilledCensusGoesOnWhereItWasAndAGapEndsByACleanOne() {
        try (Installation verifier = new Installation(folder)) {
            verifier.source()
                    .run("INSERT INTO nexus_cases (id, metadata, priority) SELECT n, '{\"priority\": \"low\"}', 'low'"
                            + " FROM generate_series(1001, " + (1_000 + MANY) + ") AS n");
            assertThat(verifier.run("setup").exitCode()).isZero();
            List<Integer> before = killAfterTheFirstChunk(verifier);
            DaemonProcess daemon = verifier.startDaemon();
            JsonNode census = awaitCensus(verifier).path("census");
            assertThat(census.path("rows").asInt()).isEqualTo(MANY + 20);
            assertThat(census.path("mismatched").asInt()).isZero();
            List<Integer> after = chunks(verifier);
            assertThat(after).hasSizeGreaterThan(before.size()).startsWith(before.toArray(Integer[]::new));
            for (int i = 0; i < after.size(); i++) {
                assertThat(after.get(i)).isEqualTo(i);
            }

            daemon.terminate();
            daemon.exitCode(PATIENCE);
            lose(verifier);
            assertThat(verifier.run("setup", "--resume").exitCode()).isZero();
            verifier.startDaemon();
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().path("reason").asText(), reason -> reason.contains("found 1 row"));
            assertThat(verifier.run("status").exitCode()).isEqualTo(NOT_ENOUGH);
            verifier.source().setBoth(3, "high");
            Installation.Ended clean = verifier.run("scan");
            assertThat(clean.exitCode()).as(clean.out() + clean.err()).isZero();
            assertThat(verifier.status().path("verdict").asText()).isNotEqualTo("BLIND");
            assertThat(verifier.status().path("gaps")).hasSize(1);
            verifier.replaysTheSame();
        }
    }

    /**
     * The table is locked, and the lock is given on to the next who waits for it behind the census' reader: the reader
     * is let through once each time.
     */
    private static List<Integer> killAfterTheFirstChunk(Installation verifier) {
        ExecutorService locker = Executors.newSingleThreadExecutor();
        Connection holding = locked(verifier);
        try {
            DaemonProcess daemon = verifier.startDaemon();
            for (int passed = 0; chunks(verifier).isEmpty() && passed < MANY; passed++) {
                await().atMost(PATIENCE).until(() -> waiting(verifier) == 1);
                Future<Connection> next = locker.submit(() -> locked(verifier));
                await().atMost(PATIENCE).until(() -> waiting(verifier) == 2 || next.isDone());
                holding.close();
                holding = next.get();
                await().atMost(PATIENCE)
                        .until(() -> waiting(verifier) == 1 || !chunks(verifier).isEmpty());
            }
            daemon.kill();
            return chunks(verifier);
        } catch (SQLException | InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            close(holding);
            locker.shutdown();
        }
    }

    private static Connection locked(Installation verifier) {
        Connection connection = verifier.source().open();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE nexus_cases IN ACCESS EXCLUSIVE MODE");
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static int waiting(Installation verifier) {
        return Integer.parseInt(verifier.source()
                .one("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database"
                        + " WHERE datname = current_database()) AND relation = 'nexus_cases'::regclass"));
    }

    private static List<Integer> chunks(Installation verifier) {
        return verifier.topics().history().stream()
                .filter(event -> event.type().equals("verifier.census.chunk.v1"))
                .map(event -> event.value().path("chunk").asInt())
                .toList();
    }

    /** The slot is gone, and a row breaks that nobody sees. */
    private static void lose(Installation verifier) {
        verifier.source()
                .run("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database ="
                        + " current_database()");
        verifier.source().setColumn(3, "high");
    }
}
