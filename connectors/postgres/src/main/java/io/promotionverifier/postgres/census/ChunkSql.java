package io.promotionverifier.postgres.census;

import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.sql.SuspectPredicate;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.decode.CapturedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The queries of one table's census. Immutable. */
final class ChunkSql {
    /** Beyond so many allowed values, which of them occur is not counted. */
    private static final int MOST_ALLOWED = 64;

    private final TableShape shape;
    private final List<Promotion> promotions;
    private final String from;
    private final String keys;
    private final String columns;

    /** @param bounded makes a text in SQL one that fits into memory */
    ChunkSql(CapturedTable table, TableShape shape, List<Promotion> promotions, UnaryOperator<String> bounded) {
        this.shape = shape;
        this.promotions = List.copyOf(promotions);
        from = " FROM " + (shape.partitioned() ? "" : "ONLY ") + SqlText.table(table.name()) + " AS r";
        keys = shape.key().stream()
                .map(key -> "r." + SqlText.identifier(key.name()))
                .collect(Collectors.joining(", "));
        List<String> selected = new ArrayList<>();
        int number = 0;
        for (String column : table.columns()) {
            selected.add(bounded.apply(text(column)) + " AS c" + number++);
        }
        columns = String.join(", ", selected);
    }

    /** What the stream would print: a cast of char(n) to text drops the blanks that belong to it. */
    private String text(String column) {
        String name = SqlText.identifier(column);
        return "bpchar".equals(shape.types().get(column))
                ? "CASE WHEN " + name + " IS NOT NULL THEN format('%s', " + name + ") END"
                : name + "::text";
    }

    /** The key of the row that ends a chunk of so many rows; binds: the key behind which it begins, if any. */
    String bound(boolean first, int rows) {
        String texts = indexed("::text AS k");
        return "SELECT " + texts + from + where(first ? List.of() : List.of(">")) + " ORDER BY " + keys + " OFFSET "
                + (rows - 1) + " LIMIT 1";
    }

    private String indexed(String suffix) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            texts.add("r." + SqlText.identifier(shape.key().get(i).name()) + suffix + i);
        }
        return String.join(", ", texts);
    }

    /**
     * Counts a range and names its suspects; binds: the key behind which it begins, and the one it ends with, if any.
     */
    String count(boolean first, boolean last) {
        List<String> bounds = new ArrayList<>();
        if (!first) {
            bounds.add(">");
        }
        if (!last) {
            bounds.add("<=");
        }
        List<String> counted = new ArrayList<>(List.of("count(*) AS rows"));
        List<String> inner = new ArrayList<>(List.of("r.tableoid AS t", "r.ctid AS i"));
        List<String> suspect = new ArrayList<>();
        for (int i = 0; i < promotions.size(); i++) {
            Promotion promotion = promotions.get(i);
            String column = SqlText.identifier(promotion.to());
            inner.add(column + " IS NOT NULL AS p" + i);
            counted.add("count(*) FILTER (WHERE NOT s AND p" + i + ") AS n" + i);
            List<String> values = countedValues(promotion);
            if (!values.isEmpty()) {
                inner.add(column + "::text COLLATE \"C\" AS v" + i);
            }
            for (int number = 0; number < values.size(); number++) {
                String allowed = SqlText.literal(values.get(number));
                counted.add("count(*) FILTER (WHERE NOT s AND v" + i + " = " + allowed + ") AS a" + i + "_" + number);
            }
            suspect.add("(" + SuspectPredicate.of(promotion, form(promotion)) + ")");
        }
        inner.add(String.join(" OR ", suspect) + " AS s");
        // Printed here, for the suspects alone: below it would be printed for every row.
        counted.add("array_agg(t::int8 || ' ' || i::text) FILTER (WHERE s) AS suspects");
        return "SELECT " + String.join(", ", counted) + " FROM (SELECT " + String.join(", ", inner) + from
                + where(bounds) + " OFFSET 0) page";
    }

    /** The allowed values whose occurrence is counted; in phase C no proven row holds a document value. */
    static List<String> countedValues(Promotion promotion) {
        boolean counted = promotion.phase() != Phase.C
                && promotion
                        .domain()
                        .allowed()
                        .filter(values -> values.size() <= MOST_ALLOWED)
                        .isPresent();
        return counted ? List.copyOf(new TreeSet<>(promotion.domain().allowed().orElseThrow())) : List.of();
    }

    private SuspectPredicate.Form form(Promotion promotion) {
        return switch (String.valueOf(shape.types().get(promotion.from().column()))) {
            case "jsonb" -> SuspectPredicate.Form.JSONB;
            case "json" -> SuspectPredicate.Form.JSON;
            default -> SuspectPredicate.Form.PLAIN;
        };
    }

    /** Rows by their place; binds: an OID and a list of places. */
    String rows() {
        List<String> json = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            json.add("to_jsonb(" + SqlText.identifier(shape.key().get(i).name()) + ") #>> '{}' AS k" + i);
        }
        return "SELECT r.xmin::text AS writer, " + String.join(", ", json) + ", " + columns + from
                + " WHERE r.tableoid = ?::oid AND r.ctid = ANY (?::text[]::tid[])";
    }

    private String where(List<String> comparisons) {
        String values = shape.key().stream()
                .map(key -> "CAST(? AS " + key.sqlName() + ")")
                .collect(Collectors.joining(", "));
        return comparisons.isEmpty()
                ? ""
                : comparisons.stream()
                        .map(operator -> "(" + keys + ") " + operator + " (" + values + ")")
                        .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }
}
