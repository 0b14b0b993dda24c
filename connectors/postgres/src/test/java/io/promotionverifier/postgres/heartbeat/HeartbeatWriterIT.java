package io.promotionverifier.postgres.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.SourceUnreachableException;
import io.promotionverifier.postgres.slot.SlotSql;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatWriterIT {
    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void create() {
        database.run(
                "CREATE TABLE t (id int PRIMARY KEY)",
                "CREATE PUBLICATION p FOR TABLE t",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'beater') THEN"
                        + " CREATE ROLE beater LOGIN REPLICATION PASSWORD 'beat'; END IF; END $$");
    }

    @AfterEach
    void clear() {
        database.clear();
    }

    private String echoes(String slot) {
        return database.one("SELECT count(*) FROM pg_logical_slot_peek_binary_changes('" + slot
                + "', NULL, NULL, 'proto_version', '1', 'publication_names', 'p', 'messages', 'true')"
                + " WHERE position(convert_to('" + HeartbeatMessage.prefix(slot) + "', 'UTF8') in data) > 0");
    }

    @Test
    void aHeartbeatTravelsThroughTheSlotOfAnIdleDatabaseAndCarriesTheServersClock() {
        database.run(SlotSql.create("beats", 150000));
        Instant before = Instant.parse(database.one(
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));

        try (HeartbeatWriter writer = new HeartbeatWriter(database.access("beater", "beat"), "beats", "run-1")) {
            Beat first = writer.beat();
            Beat second = writer.beat();

            assertThat(first.message().nonce()).isEqualTo("run-1");
            assertThat(first.message().time()).isAfterOrEqualTo(before);
            assertThat(second.message().time()).isAfter(first.message().time());
            assertThat(second.lsn()).isGreaterThan(first.lsn());
            assertThat(second.current()).isGreaterThanOrEqualTo(second.lsn());
            assertThat(second.slot().orElseThrow().retainedBytes().orElseThrow())
                    .isPositive();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> echoes("beats").equals("2"));
    }

    @Test
    void aMissingSlotIsToldAndIsNoFailure() {
        try (HeartbeatWriter writer = new HeartbeatWriter(database.access("beater", "beat"), "none", "n")) {
            assertThat(writer.beat().slot()).isEmpty();
        }
    }

    @Test
    void aBrokenConnectionFailsThenBacksOffThenBeatsAgain() {
        AtomicLong clock = new AtomicLong();
        try (HeartbeatWriter writer = new HeartbeatWriter(database.access("beater", "beat"), "none", "n", clock::get)) {
            writer.beat();
            database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'beater'");

            assertThatExceptionOfType(SourceUnreachableException.class).isThrownBy(writer::beat);
            assertThatExceptionOfType(SourceUnreachableException.class).isThrownBy(writer::beat);
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(writer.beat().message().nonce()).isEqualTo("n");
        }
    }
}
