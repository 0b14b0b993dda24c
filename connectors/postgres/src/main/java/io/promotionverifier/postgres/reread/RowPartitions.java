package io.promotionverifier.postgres.reread;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SqlText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * In which partition rows lie now, by their keys: the log tells the root only. A row of a table without partitions lies
 * in the table. Stateless.
 */
public final class RowPartitions {
    /** One look by the index for each key, never a scan of the table. */
    private static final String SQL = """
            SELECT k.key, n.nspname || '.' || c.relname AS partition
            FROM unnest(?::text[]) AS k(key)
            CROSS JOIN LATERAL jsonb_populate_record(NULL::%1$s, k.key::jsonb) AS wanted
            CROSS JOIN LATERAL (SELECT t.tableoid FROM %1$s AS t WHERE %2$s LIMIT 1) AS found
            JOIN pg_catalog.pg_class AS c ON c.oid = found.tableoid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            """;

    private RowPartitions() {}

    /**
     * The partitions by key; those of rows that are gone are missing.
     *
     * @param columns the names of the key's columns
     * @param keys keys as JSON objects of those columns
     * @throws io.promotionverifier.postgres.access.SourceException if the table cannot be read; retrying helps when it
     *     is said to be busy
     */
    public static Map<String, String> read(Session session, TableName table, List<String> columns, List<String> keys) {
        String isRow = columns.stream()
                .map(SqlText::identifier)
                .map(column -> "t." + column + " = wanted." + column)
                .collect(Collectors.joining(" AND "));
        Map<String, String> partitions = new HashMap<>();
        session.list(
                "look in which partitions rows of " + table + " lie",
                SQL.formatted(SqlText.table(table), isRow),
                row -> partitions.put(row.text("key"), row.text("partition")),
                keys);
        return partitions;
    }
}
