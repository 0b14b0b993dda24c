package io.promotionverifier.postgres.heartbeat;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.Timeouts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes heartbeats on a connection of its own, one round trip each. It has no thread: whoever calls {@link #beat()}
 * waits, never longer than connect plus socket time-out. Confined to one thread.
 */
public final class HeartbeatWriter implements AutoCloseable {
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(4));
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Not transactional: it takes no transaction id, is decoded in place, and moves the slot of an idle database. */
    private static final String BEAT = """
            WITH stamp AS MATERIALIZED (SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', ?) || ' ' || ? AS content),
                 sent AS MATERIALIZED (SELECT content, pg_logical_emit_message(false, ?, content) AS lsn FROM stamp)
            SELECT sent.content, sent.lsn, greatest(pg_current_wal_lsn(), sent.lsn) AS current_lsn,
                   s.slot_name IS NOT NULL AS found, s.confirmed_flush_lsn, s.safe_wal_size, s.wal_status, s.active,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::int8 AS retained
            FROM sent LEFT JOIN pg_replication_slots s ON s.slot_name = ?::name
            """;

    private final PostgresAccess access;
    private final String slot;
    private final String nonce;
    private final LongSupplier nanoTime;
    private @Nullable Session session;
    private @Nullable SourceException last;
    private Duration pause = FIRST_PAUSE;
    private long failedAt;

    /**
     * @param nonce a word of this process: letters, digits and hyphens, at most 64
     * @throws IllegalArgumentException if it has another form
     */
    public HeartbeatWriter(PostgresAccess access, String slot, String nonce) {
        this(access, slot, nonce, System::nanoTime);
    }

    HeartbeatWriter(PostgresAccess access, String slot, String nonce, LongSupplier nanoTime) {
        HeartbeatMessage.requireNonce(nonce);
        this.access = access.with(SHORT);
        this.slot = slot;
        this.nonce = nonce;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes one heartbeat. After a failure the connection is dropped and opened anew by a later beat; beats that come
     * before a growing pause is over (half a second to 15 s) fail at once with the last failure.
     *
     * @throws SourceException what went wrong; beating again later is always right
     */
    public Beat beat() {
        if (last != null && nanoTime.getAsLong() - failedAt < pause.toNanos()) {
            throw last;
        }
        try {
            Beat beat = write(connected());
            last = null;
            pause = FIRST_PAUSE;
            return beat;
        } catch (SourceException e) {
            close();
            pause = last == null ? FIRST_PAUSE : longer(pause);
            last = e;
            failedAt = nanoTime.getAsLong();
            throw e;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private Session connected() {
        Session open = session;
        if (open == null) {
            open = access.open();
            session = open;
        }
        return open;
    }

    private Beat write(Session open) {
        return open.one(
                "write a heartbeat",
                BEAT,
                HeartbeatWriter::beat,
                HeartbeatMessage.TIME_FORMAT,
                nonce,
                HeartbeatMessage.prefix(slot),
                slot);
    }

    private static Beat beat(Row row) throws SQLException {
        HeartbeatMessage message = HeartbeatMessage.parse(row.text("content"))
                .orElseThrow(() -> new SQLException("the server printed its clock in an unknown form"));
        Optional<Beat.SlotBudget> budget = row.flag("found") ? Optional.of(budget(row)) : Optional.empty();
        return new Beat(
                message, row.lsn("lsn").orElseThrow(), row.lsn("current_lsn").orElseThrow(), budget);
    }

    private static Beat.SlotBudget budget(Row row) throws SQLException {
        return new Beat.SlotBudget(
                row.lsn("confirmed_flush_lsn"),
                number(row, "retained"),
                number(row, "safe_wal_size"),
                row.maybe("wal_status"),
                row.flag("active"));
    }

    private static OptionalLong number(Row row, String column) throws SQLException {
        return row.maybe(column).isPresent() ? OptionalLong.of(row.number(column)) : OptionalLong.empty();
    }

    /** Drops the connection; a later beat opens another. */
    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
