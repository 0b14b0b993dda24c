package io.promotionverifier.postgres.census;

import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.sql.SuspectPredicate;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.decode.CapturedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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
    private final String columns;

    /** @param bounded makes a text in SQL one that fits into memory */
    ChunkSql(CapturedTable table, TableShape shape, List<Promotion> promotions, UnaryOperator<String> bounded) {
        this.shape = shape;
        this.promotions = List.copyOf(promotions);
        from = " FROM " + (shape.partitioned() ? "" : "ONLY ") + SqlText.table(table.name()) + " AS r";
        ColumnTexts texts = new ColumnTexts(shape, this.promotions);
        List<String> selected = new ArrayList<>();
        int number = 0;
        for (String column : table.columns()) {
            selected.add(bounded.apply(texts.of(column)) + " AS c" + number++);
        }
        columns = String.join(", ", selected);
    }

    /**
     * Counts the rows of some blocks and names the suspects among them by their keys. Nothing is evaluated twice for a
     * row, and no system column is asked for: to carry one costs a copy of each row.
     *
     * @param mostSuspects no more of them are named
     * @param seen by promotion, the allowed values that need not be looked for
     */
    String count(Blocks blocks, int mostSuspects, List<Set<String>> seen) {
        List<String> counted = new ArrayList<>(List.of("count(*) AS rows"));
        String suspect = promotions.stream()
                .map(promotion -> "(" + SuspectPredicate.of(promotion, form(promotion)) + ")")
                .collect(Collectors.joining(" OR "));
        for (int i = 0; i < promotions.size(); i++) {
            String column = "r." + SqlText.identifier(promotions.get(i).to());
            counted.add("count(" + column + ") AS n" + i);
            List<String> values = countedValues(promotions.get(i));
            for (int number = 0; number < values.size(); number++) {
                if (!seen.get(i).contains(values.get(number))) {
                    counted.add("count(*) FILTER (WHERE " + column + "::text COLLATE \"C\" = "
                            + SqlText.literal(values.get(number)) + " AND NOT (" + suspect + ")) AS a" + i + "_"
                            + number);
                }
            }
        }
        counted.add("(array_agg(jsonb_build_array(" + keys("::text") + ")::text) FILTER (WHERE " + suspect + "))[1:"
                + mostSuspects + "] AS suspects");
        return "SELECT " + String.join(", ", counted) + from + blocks.where();
    }

    private String keys(String suffix) {
        return shape.key().stream()
                .map(key -> "r." + SqlText.identifier(key.name()) + suffix)
                .collect(Collectors.joining(", "));
    }

    /**
     * Blocks of a table, of each partition alike.
     *
     * @param first the first
     * @param end the first behind them; absent when all that follow belong to them
     */
    record Blocks(long first, OptionalLong end) {
        String where() {
            String from = " WHERE r.ctid >= '(" + first + ",0)'";
            return end.isPresent() ? from + " AND r.ctid < '(" + end.getAsLong() + ",0)'" : from;
        }
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

    /** Rows by their keys as {@link #count} names them; binds: a list of those. */
    String rows() {
        List<String> json = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            TableShape.KeyType key = shape.key().get(i);
            json.add("to_jsonb(r." + SqlText.identifier(key.name()) + ") #>> '{}' AS k" + i);
            named.add("CAST(named ->> " + i + " AS " + key.sqlName() + ")");
        }
        return "SELECT r.xmin::text AS writer, " + String.join(", ", json) + ", " + columns + from + " WHERE ("
                + keys("") + ") IN (SELECT " + String.join(", ", named) + " FROM unnest(?::text[]::jsonb[]) AS named)";
    }
}
