package io.promotionverifier.postgres.gate;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.gate.GateFacts.ColumnIndex;
import io.promotionverifier.core.gate.GateFacts.TargetColumn;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Session;
import java.util.List;
import java.util.Optional;

/** Reads a promoted column as catalog and statistics hold it; needs no privilege. Stateless. */
public final class TargetColumnReader {
    private static final String COLUMN = """
            SELECT format_type(a.atttypid, a.atttypmod) AS type,
                   pg_get_expr(d.adbin, d.adrelid) AS filled
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND NOT a.attisdropped
            """;

    /** The scans of a partitioned index are those of its partitions. */
    private static final String INDEXES = """
            SELECT x.relname AS name,
                   i.indisvalid AND i.indisready AS valid,
                   (SELECT coalesce(sum(s.idx_scan), 0)
                    FROM pg_stat_user_indexes s
                    WHERE s.indexrelid = x.oid
                       OR x.relkind = 'I' AND s.indexrelid IN (SELECT relid FROM pg_partition_tree(x.oid))) AS scans
            FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE n.nspname = ? AND c.relname = ? AND a.attname = ?
            ORDER BY 1
            """;

    /** Expressions on the document column that name the key; the same query with another key finds nothing. */
    private static final String DOCUMENT_INDEXES = """
            SELECT x.relname AS name
            FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = ?
            WHERE n.nspname = ? AND c.relname = ? AND i.indisvalid
              AND i.indexprs IS NOT NULL
              AND strpos(pg_get_expr(i.indexprs, i.indrelid), quote_literal(?)) > 0
              AND EXISTS (SELECT FROM pg_depend p
                          WHERE p.classid = 'pg_class'::regclass AND p.objid = x.oid
                            AND p.refclassid = 'pg_class'::regclass AND p.refobjid = c.oid
                            AND p.refobjsubid = a.attnum)
            ORDER BY 1
            """;

    private final Session session;

    public TargetColumnReader(Session session) {
        this.session = session;
    }

    /**
     * Reads a promoted column, and which indexes serve the value in the document.
     *
     * @throws NotSetUpException if there is no such column
     */
    public TargetColumn read(TableName table, DocumentPath from, String to) {
        List<ColumnIndex> indexes = indexes(table, to);
        List<String> documentIndexes = documentIndexes(table, from);
        return session.first(
                        "read the promoted column",
                        COLUMN,
                        row -> new TargetColumn(row.text("type"), row.maybe("filled"), indexes, documentIndexes),
                        table.schema(),
                        table.name(),
                        to)
                .orElseThrow(() -> new NotSetUpException(table + " has no column " + to));
    }

    private List<ColumnIndex> indexes(TableName table, String column) {
        return session.list(
                "read the indexes of the promoted column",
                INDEXES,
                row -> new ColumnIndex(row.text("name"), row.flag("valid"), row.number("scans")),
                table.schema(),
                table.name(),
                column);
    }

    private List<String> documentIndexes(TableName table, DocumentPath from) {
        if (from.keys().isEmpty()) {
            return indexes(table, from.column()).stream()
                    .filter(ColumnIndex::valid)
                    .map(ColumnIndex::name)
                    .toList();
        }
        Optional<String> key = from.keys().stream().reduce((outer, inner) -> inner);
        return session.list(
                "read the indexes of the document column",
                DOCUMENT_INDEXES,
                row -> row.text("name"),
                from.column(),
                table.schema(),
                table.name(),
                key.orElseThrow());
    }
}
