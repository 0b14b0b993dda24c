package io.promotionverifier.postgres.reread;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.RowVersion;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.RowKeys;
import io.promotionverifier.postgres.decode.SelectedRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at rows by key, as they are now. Read-only, one statement for a batch of keys, ended by the statement time-out
 * of its access. The connection is opened at the first look and again after a failure. Confined to one thread.
 */
public final class VersionReader implements AutoCloseable {
    /** Rows that travel at once: their documents are the large ones. */
    private static final int ROWS_AT_ONCE = 8;

    private final PostgresAccess access;
    private @Nullable Session session;

    public VersionReader(PostgresAccess access) {
        this.access = access;
    }

    /**
     * Those of some transactions of which a later look might not see what they did. A commit is in the log, and so in
     * the stream, a moment before others see it.
     *
     * @param transactions ids of committed transactions, modulo 2^32
     * @throws SourceException if the server could not be asked
     */
    public Set<Long> unseen(Collection<Long> transactions) {
        String snapshot = guarded(open ->
                open.one("read the snapshot", "SELECT pg_current_snapshot()::text AS seen", row -> row.text("seen")));
        VisibleTransactions visible = VisibleTransactions.parse(snapshot);
        return transactions.stream()
                .filter(transaction -> !visible.sees(transaction))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The rows that exist, by key. One that shows twice is left out.
     *
     * @throws SourceException if the look failed: nothing is known of any of the rows then
     */
    public Map<RowKey, RowVersion> read(RereadTable table, Collection<RowKey> keys) {
        List<RowKey> asked = List.copyOf(keys);
        RowKeys form = new RowKeys(table.table().key());
        List<Map<String, String>> texts = asked.stream().map(form::texts).toList();
        Object[] binds = table.table().key().stream()
                .map(part -> texts.stream()
                        .map(row -> row.getOrDefault(part.name(), ""))
                        .toList())
                .toArray();
        SelectedRows rows = new SelectedRows(table.table());
        List<Found> found = guarded(open -> open.listGradually(
                "look at rows of " + table.name(), sql(table, rows), ROWS_AT_ONCE, row -> found(row, rows), binds));
        return byKey(asked, found);
    }

    private static Map<RowKey, RowVersion> byKey(List<RowKey> asked, List<Found> found) {
        Map<RowKey, RowVersion> versions = new HashMap<>();
        Set<RowKey> twice = new HashSet<>();
        for (Found each : found) {
            RowKey key = asked.get(each.place());
            if (versions.put(key, each.version()) != null) {
                twice.add(key);
            }
        }
        versions.keySet().removeAll(twice);
        return versions;
    }

    private record Found(int place, RowVersion version) {}

    private static Found found(Row row, SelectedRows rows) throws SQLException {
        List<SelectedRows.Cell> cells = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            cells.add(new SelectedRows.Cell(row.text("type" + i), row.maybe("value" + i)));
        }
        long writtenBy = Long.parseLong(row.text("written_by"));
        return new Found(row.integer("place") - 1, new RowVersion(writtenBy, rows.readings(cells)));
    }

    /**
     * Each row is found by its key's index, whatever the planner thinks of the others: OFFSET 0 keeps the look apart.
     */
    private static String sql(RereadTable table, SelectedRows rows) {
        List<KeyPart> key = table.table().key();
        String unnested = key.stream().map(part -> "?::text[]").collect(Collectors.joining(", "));
        String aliases =
                IntStream.range(0, key.size()).mapToObj(i -> "key" + i + ", ").collect(Collectors.joining());
        String values = IntStream.range(0, rows.columns().size())
                .mapToObj(i -> value(i, rows.columns().get(i)))
                .collect(Collectors.joining());
        String match = IntStream.range(0, key.size())
                .mapToObj(i -> "one." + SqlText.identifier(key.get(i).name()) + " = asked.key" + i + "::"
                        + table.keyTypes().get(i))
                .collect(Collectors.joining(" AND "));
        return "SELECT asked.place::integer AS place, seen.* FROM unnest(" + unnested + ") WITH ORDINALITY AS asked ("
                + aliases + "place) CROSS JOIN LATERAL (SELECT one.xmin::text AS written_by" + values + " FROM "
                + (table.partitioned() ? "" : "ONLY ") + SqlText.table(table.name()) + " AS one WHERE " + match
                + " OFFSET 0) AS seen";
    }

    private static String value(int index, String column) {
        String name = "one." + SqlText.identifier(column);
        return ", " + name + "::text AS value" + index + ", (SELECT typname::text FROM pg_type WHERE oid = pg_typeof("
                + name + ")) AS type" + index;
    }

    private interface Look<T> {
        T at(Session open);
    }

    private <T> T guarded(Look<T> look) {
        try {
            return look.at(connected());
        } catch (SourceException e) {
            close();
            throw e;
        }
    }

    /** Texts inside arrays depend on the session: ours are the same everywhere. */
    private Session connected() {
        Session open = session;
        if (open == null) {
            open = access.openReadOnly();
            session = open;
            open.run(
                    "prepare the session",
                    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'");
        }
        return open;
    }

    /** Drops the connection; a later look opens another. */
    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
