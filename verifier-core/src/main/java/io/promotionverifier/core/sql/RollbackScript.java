package io.promotionverifier.core.sql;

import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Promotion;

/**
 * The SQL that brings the truth back into the document, so that the application can read it there again. It does not
 * drop the column: that is a decision for later, with nothing to lose by waiting.
 */
public final class RollbackScript {
    private RollbackScript() {}

    /** The script of one promotion, with comments, as psql runs it. */
    public static String of(Promotion promotion) {
        DocumentPath from = promotion.from();
        String table = Identifiers.quoted(promotion.table());
        String column = Identifiers.quoted(promotion.to());
        String document = Identifiers.quoted(from.column());
        if (from.keys().isEmpty()) {
            return "UPDATE " + table + "\n   SET " + document + " = " + column + "\n WHERE " + document
                    + " IS DISTINCT FROM " + column + ";\n";
        }
        StringBuilder script = new StringBuilder("-- " + oneLine(promotion.id().value())
                + ": restore the document's key from the column where the key has no value.\n"
                + "-- Rows where both sides hold different values are left alone: see the findings.\n");
        script.append("UPDATE ")
                .append(table)
                .append("\n   SET ")
                .append(document)
                .append(" = ");
        script.append(restored(from, document, column));
        script.append("\n WHERE ").append(column).append(" IS NOT NULL AND ");
        script.append(document)
                .append(" #>> ")
                .append(path(from, from.keys().size()))
                .append(" IS NULL;\n");
        return script.toString();
    }

    /** Builds missing parents on the way: jsonb_set alone changes nothing where one is missing. */
    private static String restored(DocumentPath from, String document, String column) {
        String base = "coalesce(" + document + ", '{}'::jsonb)";
        for (int depth = 1; depth < from.keys().size(); depth++) {
            String at = path(from, depth);
            base = "jsonb_set(" + base + ", " + at + ", coalesce(" + document + " #> " + at + ", '{}'::jsonb))";
        }
        return "jsonb_set(" + base + ", " + path(from, from.keys().size()) + ", to_jsonb(" + column + "))";
    }

    private static String path(DocumentPath from, int depth) {
        StringBuilder array = new StringBuilder("ARRAY[");
        for (int i = 0; i < depth; i++) {
            array.append(i == 0 ? "" : ", ")
                    .append(Identifiers.literal(from.keys().get(i)));
        }
        return array.append("]").toString();
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
