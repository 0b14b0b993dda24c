package io.promotionverifier.core.sql;

import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Promotion;
import java.util.stream.Collectors;

/**
 * The SQL that brings the truth back into the document, so that the application can read it there again. It does not
 * drop the column: that is a decision for later, with nothing to lose by waiting.
 */
public final class RollbackScript {
    private RollbackScript() {}

    /** The script of one promotion, with comments, as psql runs it. */
    public static String of(Promotion promotion) {
        DocumentPath from = promotion.from();
        String column = Identifiers.quoted(promotion.to());
        String document = Identifiers.quoted(from.column());
        return "-- " + promotion.id() + ": restore the document's value from the column where the document has none.\n"
                + "-- Rows where both sides hold different values are left alone: see the findings.\n"
                + "UPDATE " + Identifiers.quoted(promotion.table())
                + "\n   SET " + document + " = " + restored(from, document, column)
                + "\n WHERE " + column + " IS NOT NULL"
                + "\n   AND " + document + missing(from, document) + ";\n";
    }

    private static String missing(DocumentPath from, String document) {
        if (from.keys().isEmpty()) {
            return " IS NULL";
        }
        StringBuilder condition = new StringBuilder(" #>> ")
                .append(path(from, from.keys().size()))
                .append(" IS NULL");
        for (int depth = 0; depth < from.keys().size(); depth++) {
            condition
                    .append("\n   AND coalesce(jsonb_typeof(")
                    .append(at(from, document, depth))
                    .append("), 'null') IN ('object', 'null')");
        }
        return condition.toString();
    }

    /** Builds missing parents on the way: jsonb_set alone changes nothing where one is missing. */
    private static String restored(DocumentPath from, String document, String column) {
        int depths = from.keys().size();
        if (depths == 0) {
            return column;
        }
        String base = parent(from, document, 0);
        for (int depth = 1; depth < depths; depth++) {
            base = "jsonb_set(" + base + ", " + path(from, depth) + ", " + parent(from, document, depth) + ")";
        }
        return "jsonb_set(" + base + ", " + path(from, depths) + ", to_jsonb(" + column + "))";
    }

    /** The object at a depth; an empty one where there is none. */
    private static String parent(DocumentPath from, String document, int depth) {
        return "coalesce(nullif(" + at(from, document, depth) + ", 'null'), '{}')";
    }

    private static String at(DocumentPath from, String document, int depth) {
        return depth == 0 ? document : document + " #> " + path(from, depth);
    }

    private static String path(DocumentPath from, int depth) {
        return from.keys().subList(0, depth).stream()
                .map(Identifiers::literal)
                .collect(Collectors.joining(", ", "ARRAY[", "]"));
    }
}
