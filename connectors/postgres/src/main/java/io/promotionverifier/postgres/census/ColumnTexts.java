package io.promotionverifier.postgres.census;

import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.SqlText;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a suspect's columns are in SQL: the text that the stream would show. A {@code jsonb} object is cut to the keys
 * under which promoted values lie, because the whole of it may be a thousand times as large; a document of type
 * {@code json} keeps what it was written with, and stays whole. Immutable.
 *
 * @param shape the table's
 * @param promotions of the table
 */
record ColumnTexts(TableShape shape, List<Promotion> promotions) {
    /** The column {@code column} of the row {@code r}, as text; NULL for NULL. */
    String of(String column) {
        String value = "r." + SqlText.identifier(column);
        return switch (String.valueOf(shape.types().get(column))) {
            // A cast of char(n) to text drops the blanks that belong to it.
            case "bpchar" -> "CASE WHEN " + value + " IS NOT NULL THEN format('%s', " + value + ") END";
            case "jsonb" -> isOnlyLookedInto(column) ? cut(value, keys(column)) : value + "::text";
            default -> value + "::text";
        };
    }

    /** Promotions look into it, and none compares all of it. */
    private boolean isOnlyLookedInto(String column) {
        boolean compared =
                promotions.stream().anyMatch(promotion -> promotion.to().equals(column));
        List<DocumentPath> paths = paths(column).toList();
        return !compared
                && !paths.isEmpty()
                && paths.stream().noneMatch(path -> path.keys().isEmpty());
    }

    private Stream<DocumentPath> paths(String column) {
        return promotions.stream()
                .map(Promotion::from)
                .filter(from -> from.column().equals(column));
    }

    private Set<String> keys(String column) {
        return paths(column).map(path -> path.keys().get(0)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A key that is not there stays away: it is not the same as one that holds null. */
    private static String cut(String document, Set<String> keys) {
        String kept = keys.stream()
                .map(SqlText::literal)
                .map(key -> "CASE WHEN " + document + " -> " + key + " IS NULL THEN '{}' ELSE jsonb_build_object(" + key
                        + ", " + document + " -> " + key + ") END")
                .collect(Collectors.joining(" || "));
        return "CASE WHEN jsonb_typeof(" + document + ") = 'object' THEN (" + kept + ")::text ELSE " + document
                + "::text END";
    }
}
