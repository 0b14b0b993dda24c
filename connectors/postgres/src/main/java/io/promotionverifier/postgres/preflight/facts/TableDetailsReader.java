package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.facts.TableDetails.CheckConstraint;
import io.promotionverifier.postgres.preflight.facts.TableDetails.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads more of tables than the catalog's reader, for preflight alone. Needs no privilege on them. */
final class TableDetailsReader {
    /** Our sessions turn row security off: then the server refuses to read such a table, whatever its policies say. */
    private static final String TABLES = """
            SELECT c.oid,
                   (SELECT coalesce(sum(pg_relation_size(s.reltoastrelid)), 0)::int8 FROM pg_class s
                    WHERE s.reltoastrelid <> 0
                      AND (s.oid = c.oid OR s.oid IN (SELECT t.relid FROM pg_partition_tree(c.oid) t))) AS out_of_line,
                   row_security_active(c.oid) AS filtered
            FROM pg_class c
            WHERE c.oid = ANY (?::oid[])
            """;

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable,
                   a.attstorage IN ('x', 'e') AS toastable,
                   CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default_text
            FROM pg_attribute a
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ANY (?::oid[]) AND NOT a.attisdropped
              AND (a.attnum > 0 OR a.attname IN ('ctid', 'tableoid', 'xmin'))
            """;

    private static final String CHECKS = """
            SELECT k.conrelid, k.conname, pg_get_constraintdef(k.oid) AS definition,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                         WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) AS columns
            FROM pg_constraint k
            WHERE k.contype = 'c' AND k.conrelid = ANY (?::oid[])
            ORDER BY k.conname
            """;

    private final Session session;

    TableDetailsReader(Session session) {
        this.session = session;
    }

    /** The details of these relations, by OID. */
    Map<Long, TableDetails> read(List<Long> relations) {
        Map<Long, Map<String, Column>> columns = new HashMap<>();
        session.list(
                "read the columns' privileges and defaults",
                COLUMNS,
                row -> columns.computeIfAbsent(row.number("attrelid"), oid -> new TreeMap<>())
                        .put(
                                row.text("attname"),
                                new Column(row.flag("readable"), row.flag("toastable"), row.maybe("default_text"))),
                relations);
        Map<Long, List<CheckConstraint>> checks = new HashMap<>();
        session.list(
                "read the CHECK constraints",
                CHECKS,
                row -> checks.computeIfAbsent(row.number("conrelid"), oid -> new ArrayList<>())
                        .add(new CheckConstraint(row.text("conname"), row.text("definition"), row.texts("columns"))),
                relations);
        Map<Long, TableDetails> details = new HashMap<>();
        session.list(
                "read the tables' storage and policies",
                TABLES,
                row -> details.put(
                        row.number("oid"),
                        new TableDetails(
                                row.number("out_of_line"),
                                row.flag("filtered"),
                                columns.getOrDefault(row.number("oid"), Map.of()),
                                checks.getOrDefault(row.number("oid"), List.of()))),
                relations);
        return details;
    }
}
