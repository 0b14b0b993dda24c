package io.promotionverifier.postgres.census;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the reader must know of a table to walk through it.
 *
 * @param partitioned whether it is a partitioned root; of another table, rows of tables that inherit from it are left
 *     out
 * @param estimate how many rows the server thinks it has
 * @param blocks how many blocks its largest partition has, or itself
 * @param files tells whether its rows still lie where they lay: other when the table or a partition of it was written
 *     anew, emptied, attached or detached
 * @param key the columns of the primary key in its order, with their SQL types
 * @param types {@code typname} of each column
 * @param schemas where the key's types live, so that their operators are found
 */
record TableShape(
        boolean partitioned,
        long estimate,
        long blocks,
        String files,
        List<KeyType> key,
        Map<String, String> types,
        Set<String> schemas) {
    private static final String TABLE = """
            SELECT c.relkind = 'p' AS partitioned,
                   coalesce(sum(greatest(p.reltuples, 0)), 0)::int8 AS estimate,
                   coalesce(max(pg_relation_size(p.oid)), 0) / current_setting('block_size')::int8 AS blocks,
                   coalesce(md5(string_agg(p.oid || ':' || pg_relation_filenode(p.oid), ',' ORDER BY p.oid)), '') AS files
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN LATERAL (
              SELECT c.oid WHERE c.relkind = 'r'
              UNION ALL SELECT relid FROM pg_partition_tree(c.oid) WHERE c.relkind = 'p' AND isleaf) AS part (oid) ON true
            LEFT JOIN pg_class p ON p.oid = part.oid
            WHERE n.nspname = ?::name AND c.relname = ?::name AND c.relkind IN ('r', 'p')
            GROUP BY c.oid, c.relkind
            """;
    private static final String FILES = "SELECT files FROM (" + TABLE + ") AS shape";
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

    /** Its files as they are now, also inside an older snapshot; empty if there is no such table. */
    static String files(Session session, TableName table) {
        return session.first(
                        "find the files of " + table, FILES, row -> row.text("files"), table.schema(), table.name())
                .orElse("");
    }

    /** @throws NotSetUpException if there is no such table, or it has no primary key */
    static TableShape read(Session session, TableName table) {
        return session.first("describe " + table, TABLE, row -> read(session, table, row), table.schema(), table.name())
                .filter(shape -> !shape.key().isEmpty())
                .orElseThrow(() -> new NotSetUpException(table + " is gone, or has no primary key any more"));
    }

    private static TableShape read(Session session, TableName table, Row row) throws SQLException {
        List<Column> columns = session.list(
                "describe the columns of " + table,
                COLUMNS,
                column -> new Column(
                        column.text("attname"),
                        column.text("typname"),
                        column.text("type_schema"),
                        column.text("sql_name"),
                        column.integer("key_position")),
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
        return new TableShape(
                row.flag("partitioned"),
                row.number("estimate"),
                row.number("blocks"),
                row.text("files"),
                key,
                types,
                schemas);
    }
}
