package io.promotionverifier.postgres.statistics;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.ledger.TableCount;
import io.promotionverifier.postgres.access.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads {@code pg_stat_all_tables}. A session reports what it wrote at the end of a transaction, at most once in a
 * second, and within ten seconds of going idle; rolled back rows are counted too. Confined to the session's thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">The cumulative statistics system</a>
 */
public final class TableCountReader {
    private static final String COUNT = """
            SELECT coalesce(n_tup_ins, 0) AS inserted, coalesce(n_tup_upd, 0) AS updated,
                   coalesce(n_tup_del, 0) AS deleted,
                   (extract(epoch FROM clock_timestamp()) * 1000000)::int8 AS micros
            FROM pg_stat_all_tables WHERE schemaname = ?::name AND relname = ?::name
            """;

    private final Session session;

    public TableCountReader(Session session) {
        this.session = session;
    }

    /**
     * What the statistics of a table say now; absent if there is no such table.
     *
     * @throws io.promotionverifier.postgres.access.SourceException if the server could not be asked
     */
    public Optional<TableCount> read(TableName table) {
        return session.first(
                "read the statistics of " + table,
                COUNT,
                row -> new TableCount(
                        row.number("inserted"), row.number("updated"), row.number("deleted"), at(row.number("micros"))),
                table.schema(),
                table.name());
    }

    private static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
