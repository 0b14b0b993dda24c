package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** The slot is dropped, made anew, advanced, lost: each is a gap, never silence, and never a count that is not true. */
class ResumeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern WAITING =
            Pattern.compile("verifier_engine_restarts_total\\{cause=\"waiting\",source=\"nexus\"} [1-9]");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aSlotThatIsGoneIsAGapAndResumeGoesOnBehindIt() {
        try (Installation verifier = new Installation(folder)) {
            Statuses statuses = new Statuses(verifier);
            DaemonProcess daemon = startedAnew(verifier, statuses);

            dropSlot(verifier);
            JsonNode blind = statuses.awaitOne(
                    "blind",
                    seen -> Statuses.isBlind(seen) && Statuses.reason(seen).contains("does not exist"));
            assertThat(Statuses.reason(blind)).contains("setup --resume", "census");
            assertThat(daemon.isAlive()).isTrue();
            assertThat(verifier.source().slots()).isEqualTo("0");
            assertThat(verifier.run("setup", "--resume").exitCode()).isEqualTo(75);
            verifier.source().setColumn(2, "high");
            stop(daemon);
            DaemonProcess refused = verifier.start("run");
            assertThat(refused.exitCode(PATIENCE)).isEqualTo(78);
            assertThat(refused.err()).contains("setup --resume");
            assertThat(verifier.run("setup").exitCode()).isEqualTo(78);

            resume(verifier);
            daemon = verifier.startDaemon();
            verifier.source().setColumn(3, "high");
            JsonNode after = statuses.awaitOne(
                    "the row behind the gap",
                    seen -> Statuses.changes(seen) == 2
                            && Statuses.openGaps(seen).isEmpty());
            assertThat(after.at("/counts/mismatched").asInt()).isEqualTo(2);
            assertThat(Statuses.isBlind(after)).isTrue();
            assertThat(Statuses.reason(after)).contains("coverage gap");

            int gaps = after.path("gaps").size();
            dropSlot(verifier);
            createSlot(verifier);
            JsonNode again = statuses.awaitOne(
                    "a gap by itself",
                    seen -> seen.path("gaps").size() > gaps
                            && Statuses.openGaps(seen).isEmpty());
            assertThat(Statuses.reason(again)).contains("made anew");
            verifier.source().setColumn(4, "high");
            statuses.awaitOne("goes on by itself", seen -> Statuses.changes(seen) == 3);

            stop(daemon);
            verifier.source().setColumn(5, "high");
            verifier.source()
                    .run("SELECT pg_replication_slot_advance('"
                            + verifier.source().name() + "', pg_current_wal_lsn())");
            int known = verifier.status().path("gaps").size();
            verifier.startDaemon();
            verifier.source().setColumn(6, "high");
            JsonNode advanced = statuses.awaitOne("advanced", seen -> Statuses.changes(seen) == 4);
            assertThat(advanced.path("gaps").size()).isGreaterThan(known);
            assertThat(verifier.topics().changes()).hasSize(4);
            verifier.replaysTheSame();
        }
    }

    @Test
    void aSlotThatHoldsEverythingIsNotGivenUpForAResume() {
        try (Installation verifier = new Installation(folder)) {
            Statuses statuses = new Statuses(verifier);
            DaemonProcess daemon = startedAnew(verifier, statuses);
            stop(daemon);
            verifier.source().setColumn(2, "high");

            Installation.Ended mistaken = verifier.run("setup", "--resume");
            assertThat(mistaken.exitCode()).as(mistaken.err()).isZero();
            assertThat(mistaken.err()).contains("Nothing was missed", "pg_drop_replication_slot");
            assertThat(mistaken.out()).isEmpty();

            daemon = verifier.startDaemon();
            JsonNode both = statuses.awaitOne("what was written meanwhile", seen -> Statuses.changes(seen) == 2);
            assertThat(both.path("gaps")).isEmpty();
            stop(daemon);
            dropSlot(verifier);
            resume(verifier);
            verifier.source().setColumn(3, "high");
            assertThat(verifier.run("setup", "--resume").err()).contains("Nothing was missed");
            verifier.startDaemon();
            JsonNode behind = statuses.awaitOne("the row behind the gap", seen -> Statuses.changes(seen) == 3);
            assertThat(behind.path("gaps")).hasSize(1);
        }
    }

    @Test
    void aSlotThatSomebodyElseStreamsFromIsWaitedForAndNotTakenAway() throws SQLException {
        try (Installation verifier = new Installation(folder)) {
            Source source = verifier.source();
            String other = "other_" + source.name();
            source.run("CREATE ROLE " + other + " LOGIN REPLICATION PASSWORD 'other'");
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon;
            try (Connection foreign = replication(verifier, other);
                    PGReplicationStream stream = stream(foreign, source.name())) {
                assertThat(stream.isClosed()).isFalse();
                daemon = verifier.start("run");
                Awaitility.await("told").atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(daemon.isAlive()).as(daemon.err()).isTrue();
                    assertThat(daemon.err()).contains("is in use by");
                    assertThat(verifier.page().get("/metrics").body()).containsPattern(WAITING);
                });
                assertThat(daemon.err()).contains("slot " + source.name(), other);
                source.setColumn(1, "high");
                assertThat(source.one("SELECT usename FROM pg_replication_slots JOIN pg_stat_activity"
                                + " ON pid = active_pid WHERE slot_name = '" + source.name() + "'"))
                        .isEqualTo(other);
            }
            new Statuses(verifier).awaitOne("the row", seen -> Statuses.changes(seen) == 1);
            assertThat(daemon.isAlive()).isTrue();
            assertThat(verifier.status().path("gaps")).isEmpty();
        }
    }

    private static Connection replication(Installation verifier, String role) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", "other");
        PGProperty.REPLICATION.set(login, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(login, "10");
        PGProperty.PREFER_QUERY_MODE.set(login, "simple");
        return DriverManager.getConnection(verifier.url(), login);
    }

    private static PGReplicationStream stream(Connection connection, String slot) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", slot)
                .start();
    }

    /** Set up, running, and past the first row. */
    private static DaemonProcess startedAnew(Installation verifier, Statuses statuses) {
        assertThat(verifier.run("setup").exitCode()).isZero();
        DaemonProcess daemon = verifier.startDaemon();
        verifier.source().setColumn(1, "high");
        statuses.awaitOne("the first row", seen -> Statuses.changes(seen) == 1);
        return daemon;
    }

    private static void stop(DaemonProcess daemon) {
        daemon.terminate();
        daemon.exitCode(PATIENCE);
    }

    private static void resume(Installation verifier) {
        Installation.Ended resumed = verifier.run("setup", "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    }

    private static void dropSlot(Installation verifier) {
        Source source = verifier.source();
        Awaitility.await("the slot is gone").atMost(PATIENCE).until(() -> {
            source.run(
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active AND database = '"
                            + source.name() + "'",
                    "DO $$ BEGIN PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '"
                            + source.name() + "'; EXCEPTION WHEN object_in_use THEN NULL; END $$");
            return source.slots().equals("0");
        });
    }

    private static void createSlot(Installation verifier) {
        verifier.source()
                .run("SELECT pg_create_logical_replication_slot('"
                        + verifier.source().name() + "', 'pgoutput')");
    }

    @Test
    void aSlotThatLostItsLogIs78AndAPromotionThatIsAddedBlindsNobody() {
        PostgresOptions small = PostgresOptions.temporary()
                .withSetting("max_slot_wal_keep_size", "1MB")
                .withSetting("min_wal_size", "32MB")
                .withSetting("max_wal_size", "32MB");
        try (OwnPostgres own = new OwnPostgres(small);
                Installation verifier = new Installation(folder, Installation.CALM, own)) {
            Statuses statuses = new Statuses(verifier);
            DaemonProcess daemon = startedAnew(verifier, statuses);
            stop(daemon);

            verifier.source().run("CREATE TABLE added (id bigint PRIMARY KEY, metadata jsonb, priority text)");
            verifier.edit("  - id: PROMO-001", Installation.promotion("added") + "  - id: PROMO-001");
            Installation.Ended widened = verifier.run("setup");
            assertThat(widened.exitCode()).as(widened.err()).isZero();
            assertThat(widened.out()).contains("ADD TABLE \"public\".\"added\"");
            daemon = verifier.startDaemon();
            verifier.source().run("INSERT INTO added VALUES (1, '{\"priority\": \"low\"}', 'high')");
            Map<String, JsonNode> both = statuses.await(
                    "the added promotion",
                    seen -> seen.containsKey("added") && Statuses.changes(Statuses.of(seen, "added")) == 1);
            assertThat(both.values())
                    .noneMatch(Statuses::isBlind)
                    .allMatch(seen -> seen.path("gaps").isEmpty());
            stop(daemon);

            for (int i = 0; i < 4; i++) {
                verifier.source().run("UPDATE nexus_cases SET title = title", "SELECT pg_switch_wal()", "CHECKPOINT");
            }
            assertThat(verifier.source().one("SELECT wal_status FROM pg_replication_slots"))
                    .isEqualTo("lost");
            DaemonProcess refused = verifier.start("run");
            assertThat(refused.exitCode(PATIENCE)).isEqualTo(78);
            assertThat(refused.err()).contains("it is lost", "setup --resume");

            resume(verifier);
            verifier.startDaemon();
            verifier.source().setColumn(2, "high");
            Map<String, JsonNode> after =
                    statuses.await("behind the gap", seen -> Statuses.changes(Statuses.of(seen, "PROMO-001")) == 2);
            assertThat(after.values()).allMatch(Statuses::isBlind);
            assertThat(after.values()).allMatch(seen -> seen.path("gaps").size() == 1);
            verifier.replaysTheSame();
        }
    }
}
