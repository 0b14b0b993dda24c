package io.promotionverifier.postgres.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.Timeouts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReportReaderIT {
    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase(
                "CREATE TABLE cases (id int PRIMARY KEY, priority text, metadata jsonb)",
                "INSERT INTO cases SELECT n, p, jsonb_build_object('priority', p) FROM generate_series(1, 3000) AS n,"
                        + " LATERAL (SELECT (ARRAY['low', 'high', NULL])[n % 3 + 1] AS p)");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static ReportPair pair(String column, String document) {
        return new ReportPair("r", column, document, Optional.empty());
    }

    private static ReportResult read(ReportPair pair) {
        try (ReportReader reader = new ReportReader(database.access())) {
            return reader.read(pair, true);
        }
    }

    @Test
    void namesAreLookedUpAsTheRoleDoesAndNeitherOrderNorEndOfTheQueryMatters() {
        ReportResult result = read(pair(
                "SELECT priority AS k, count(*) AS n FROM cases GROUP BY 1 ORDER BY 1 -- by column",
                "SELECT metadata->>'priority' AS k, count(*) AS n FROM cases GROUP BY 1 ORDER BY 2 DESC, 1 ;\n"));

        assertThat(result.divergentRows()).isZero();
        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.taken())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void everyRowThatOneSideLacksIsCounted() {
        ReportResult result = read(pair("SELECT id FROM cases WHERE id <= 2000", "SELECT id FROM cases"));

        assertThat(result.divergentRows()).isEqualTo(1000);
        assertThat(result.rows()).isEqualTo(3000);
        assertThat(result.examples()).hasSize(5).allMatch(row -> row.startsWith("document only: "));
    }

    @Test
    void bothSidesSeeOneSnapshotWhateverIsWrittenInBetween() throws SQLException {
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE moving (n int)");
            statement.execute("INSERT INTO moving VALUES (1)");
            // The query on the column waits in a lock that the writer lets go; what is written meanwhile is not seen.
            statement.execute("CREATE FUNCTION written() RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
                    + " PERFORM pg_advisory_lock_shared(4711); PERFORM pg_advisory_unlock_shared(4711);"
                    + " RETURN (SELECT count(*) FROM moving); END $$");
            statement.execute("SELECT pg_advisory_lock(4711)");
            CompletableFuture<ReportResult> reading = CompletableFuture.supplyAsync(
                    () -> read(pair("SELECT written() AS n", "SELECT count(*) AS n FROM moving")));
            await().until(() -> database.one("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                            + " AND objid = 4711 AND NOT granted")
                    .equals("1"));
            statement.execute("INSERT INTO moving VALUES (2)");
            statement.execute("SELECT pg_advisory_unlock(4711)");
            assertThat(reading.join().divergentRows()).isZero();
        }
    }

    @Test
    void aReportWritesNothing() {
        database.run("CREATE SEQUENCE cases_written");
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> read(pair("SELECT nextval('cases_written') AS n", "SELECT 1 AS n")))
                .withMessageContaining("read-only");
    }

    @Test
    void sidesWithOtherColumnsAreRefusedBeforeTheyAreRead() {
        try (ReportReader reader = new ReportReader(database.access())) {
            reader.require(pair(
                    "SELECT id, priority ? 'x' AS k FROM (SELECT id, metadata AS priority FROM cases) c",
                    "SELECT id, true AS k FROM cases"));
            assertThatExceptionOfType(NotSetUpException.class)
                    .isThrownBy(() -> reader.require(pair("SELECT id AS k FROM cases", "SELECT id AS n FROM cases")))
                    .withMessageContaining("[k]")
                    .withMessageContaining("[n]");
            assertThatExceptionOfType(NotSetUpException.class)
                    .isThrownBy(() -> reader.require(pair("SELECT id FROM casse", "SELECT id FROM cases")));
        }
    }

    @Test
    void sidesWithMoreRowsThanMayBeHeldAreComparedAllTheSame() {
        try (ReportReader reader = new ReportReader(database.access(), 100, Timeouts.DEFAULT)) {
            ReportResult same =
                    reader.read(pair("SELECT id FROM cases ORDER BY id", "SELECT id FROM cases ORDER BY -id"), false);
            assertThat(same.divergentRows()).isZero();
            assertThat(same.rows()).isEqualTo(3000);

            ReportResult differs = reader.read(
                    pair("SELECT id FROM cases", "SELECT CASE WHEN id % 100 = 0 THEN -id ELSE id END AS id FROM cases"),
                    true);
            assertThat(differs.counted()).isTrue();
            assertThat(differs.divergentRows()).isEqualTo(60);
            assertThat(differs.rows()).isEqualTo(3000);
            assertThat(differs.examples())
                    .hasSize(5)
                    .allMatch(row -> row.matches("column only: \\d+00|document only: -\\d+00"));
        }
    }

    @Test
    void whatIsReadInSharesIsCountedOnce() {
        try (ReportReader reader = new ReportReader(database.access(), 500, Timeouts.DEFAULT)) {
            ReportResult differs = reader.read(
                    pair(
                            "SELECT id % 1000 AS k FROM cases",
                            "SELECT CASE WHEN id <= 300 THEN -id ELSE id % 1000 END AS k FROM cases"),
                    false);
            assertThat(differs.divergentRows()).isEqualTo(600);
        }
    }

    @Test
    void ofMoreRowsThatDifferThanCanBeCountedTheLeastThatIsProvenIsTold() {
        try (ReportReader reader = new ReportReader(database.access(), 100, Timeouts.DEFAULT)) {
            ReportResult differs = reader.read(pair("SELECT id FROM cases", "SELECT -id FROM cases"), false);
            assertThat(differs.counted()).isFalse();
            assertThat(differs.divergentRows()).isBetween(5_000L, 6_000L);
            assertThat(differs.rows()).isEqualTo(3000);
        }
    }

    @Test
    void aQueryThatTakesTooLongIsEndedByTheServer() {
        Timeouts hurry = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMillis(200));
        try (ReportReader reader = new ReportReader(database.access(), 100, hurry)) {
            assertThatExceptionOfType(SourceBusyException.class)
                    .isThrownBy(() -> reader.read(pair("SELECT 1 AS n", "SELECT 1 AS n FROM pg_sleep(600)"), false));
        }
        assertThat(database.one("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%'"
                        + " AND pid <> pg_backend_pid() AND state = 'active'"))
                .isEqualTo("0");
    }
}
