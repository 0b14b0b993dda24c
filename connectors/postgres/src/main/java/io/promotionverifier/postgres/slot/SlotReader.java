package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code pg_replication_slots}. Needs no privilege. Confined to the session's thread. */
public final class SlotReader {
    private static final String SLOT = """
            SELECT s.slot_name, s.plugin, s.database, s.temporary, s.active_pid, a.usename, a.application_name,
                   coalesce(a.usename = session_user, false) AS ours,
                   s.restart_lsn, s.confirmed_flush_lsn, pg_current_wal_lsn() AS current_lsn,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::int8 AS retained,
                   s.wal_status, s.safe_wal_size, to_jsonb(s) ->> 'invalidation_reason' AS invalidation
            FROM pg_replication_slots s
            LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
            WHERE s.slot_name = ?::name
            """;

    private final Session session;

    public SlotReader(Session session) {
        this.session = session;
    }

    /** The slot of this name, if it exists. Throws {@link io.promotionverifier.postgres.access.SourceException}. */
    public Optional<SlotState> read(String slot) {
        return session.first("read slot " + slot, SLOT, SlotReader::state, slot);
    }

    private static SlotState state(Row row) throws SQLException {
        return new SlotState(
                row.text("slot_name"),
                new SlotState.Form(row.maybe("plugin"), row.maybe("database"), row.flag("temporary")),
                holder(row),
                new SlotState.Positions(
                        row.lsn("restart_lsn"),
                        row.lsn("confirmed_flush_lsn"),
                        row.lsn("current_lsn").orElseThrow(),
                        number(row, "retained")),
                new SlotState.Health(row.maybe("wal_status"), number(row, "safe_wal_size"), row.maybe("invalidation")));
    }

    private static Optional<SlotState.Holder> holder(Row row) throws SQLException {
        if (row.maybe("active_pid").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SlotState.Holder(
                row.integer("active_pid"),
                row.maybe("usename"),
                row.maybe("application_name").orElse(""),
                row.flag("ours")));
    }

    private static OptionalLong number(Row row, String column) throws SQLException {
        return row.maybe(column).isPresent() ? OptionalLong.of(row.number(column)) : OptionalLong.empty();
    }
}
