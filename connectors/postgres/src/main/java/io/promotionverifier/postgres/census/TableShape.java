package io.promotionverifier.postgres.census;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the reader must know of a table to walk through it by key.
 *
 * @param partitioned whether it is a partitioned root; of another table, rows of tables that inherit from it are left
 *     out
 * @param estimate how many rows the server thinks it has
 * @param key the columns of the primary key in its order, with their SQL types
 * @param types {@code typname} of each column
 * @param schemas where the key's types live, so that their operators are found
 */
record TableShape(
        boolean partitioned, long estimate, List<KeyType> key, Map<String, String> types, Set<String> schemas) {
    private static final String TABLE = """
            SELECT c.relkind = 'p' AS partitioned,
                   (SELECT coalesce(sum(greatest(p.reltuples, 0)), 0)::int8 FROM pg_class p
                    WHERE p.oid = c.oid OR p.oid IN (SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf)) AS estimate
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ?::name AND c.relname = ?::name AND c.relkind IN ('r', 'p')
            """;
    private static final String COLUMNS = """
            SELECT a.attname, t.typname, tn.nspname AS type_schema, format_type(a.atttypid, a.atttypmod) AS sql_name,
                   coalesce(array_position(k.conkey, a.attnum), 0) AS key_position
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_namespace tn ON tn.oid = t.typnamespace
            LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
            WHERE n.nspname = ?::name AND c.relname = ?::name AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY key_position, a.attnum
            """;

    /**
     * A key column.
     *
     * @param name its literal name
     * @param sqlName its type, as SQL
     */
    record KeyType(String name, String sqlName) {}

    /** A column as the catalog has it. */
    private record Column(String name, String type, String schema, String sqlName, int keyPosition) {}

    /** @throws NotSetUpException if there is no such table, or it has no primary key */
    static TableShape read(Session session, TableName table) {
        return session.first(
                        "describe " + table,
                        TABLE,
                        row -> read(session, table, row.flag("partitioned"), row.number("estimate")),
                        table.schema(),
                        table.name())
                .filter(shape -> !shape.key().isEmpty())
                .orElseThrow(() -> new NotSetUpException(table + " is gone, or has no primary key any more"));
    }

    private static TableShape read(Session session, TableName table, boolean partitioned, long estimate) {
        List<Column> columns = session.list(
                "describe the columns of " + table,
                COLUMNS,
                row -> new Column(
                        row.text("attname"),
                        row.text("typname"),
                        row.text("type_schema"),
                        row.text("sql_name"),
                        row.integer("key_position")),
                table.schema(),
                table.name());
        List<KeyType> key = new ArrayList<>();
        Map<String, String> types = new LinkedHashMap<>();
        Set<String> schemas = new LinkedHashSet<>();
        for (Column column : columns) {
            types.put(column.name(), column.type());
            if (column.keyPosition() > 0) {
                key.add(new KeyType(column.name(), column.sqlName()));
                schemas.add(column.schema());
            }
        }
        schemas.remove("pg_catalog");
        return new TableShape(partitioned, estimate, key, types, schemas);
    }
}
