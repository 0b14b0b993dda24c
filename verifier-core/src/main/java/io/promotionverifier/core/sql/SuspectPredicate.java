package io.promotionverifier.core.sql;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The SQL condition that holds for every row which may disagree: the server drops only rows that the comparator would
 * call matched or absent, and lets it judge the rest. It compares what is printed, byte by byte, so no cast of it can
 * fail and no operator of the application can stand in.
 */
public final class SuspectPredicate {
    private static final String EVERY_ROW = "true";

    private SuspectPredicate() {}

    /** What the document column is, for the server. */
    public enum Form {
        JSONB,
        /** {@code json}: to take a value out of it can fail, so no row of it is proven equal. */
        JSON,
        /** A column that is no JSON: compared as a whole. */
        PLAIN
    }

    /** The condition: true or false, never NULL, never an error. */
    public static String of(Promotion promotion, Form form) {
        if (form == Form.JSON || (form == Form.PLAIN && !promotion.from().keys().isEmpty())) {
            return EVERY_ROW;
        }
        if (promotion.phase() == Phase.C) {
            return value(promotion, form) + " IS NOT NULL";
        }
        String differs = differs(promotion, form);
        return differs.equals(EVERY_ROW) ? EVERY_ROW : differs + outsideAllowed(promotion, form);
    }

    private static String differs(Promotion promotion, Form form) {
        String column = Identifiers.quoted(promotion.to());
        String document = documentText(promotion, form);
        String printed = "(" + column + "::text COLLATE \"C\" IS DISTINCT FROM " + document + ")";
        ColumnType type = promotion.type();
        return switch (type.kind()) {
            case TEXT,
                    VARCHAR,
                    CHAR,
                    BOOLEAN,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE_PRECISION,
                    UUID,
                    DATE,
                    TIME,
                    TIMETZ,
                    TIMESTAMP -> printed;
            case JSONB -> form == Form.JSONB ? jsonb(promotion, column) : EVERY_ROW;
            case NUMERIC -> form == Form.JSONB ? numeric(promotion, column, printed) : printed;
            case TIMESTAMPTZ -> "(" + printed + iso(column, document) + ")";
            case ENUM -> "(" + printed + outside(document, type.labels()) + ")";
            // A kind for which nobody has shown that equal texts are equal values.
            default -> EVERY_ROW;
        };
    }

    /** To readers JSON null is no value, in the document as in the column: ADR 0017. */
    private static String jsonb(Promotion promotion, String column) {
        return "(nullif(" + column + "::jsonb, 'null') IS DISTINCT FROM nullif(" + value(promotion, Form.JSONB)
                + ", 'null'))";
    }

    /** A JSON number is a numeric to the server: to compare it as one cannot fail. */
    private static String numeric(Promotion promotion, String column, String printed) {
        String value = value(promotion, Form.JSONB);
        return "(CASE jsonb_typeof(" + value + ") WHEN 'number' THEN " + column + " IS NULL OR " + column + " <> ("
                + value + ")::numeric ELSE " + printed + " END)";
    }

    /** The forms in which JSON libraries write an instant, besides PostgreSQL's own. */
    private static String iso(String column, String document) {
        String json = "(to_jsonb(" + column + ") #>> '{}') COLLATE \"C\"";
        return " AND " + json + " IS DISTINCT FROM " + document + " AND replace(" + json
                + ", '+00:00', 'Z') IS DISTINCT FROM " + document;
    }

    private static String outsideAllowed(Promotion promotion, Form form) {
        return promotion
                .domain()
                .allowed()
                .map(allowed -> outside(documentText(promotion, form), allowed))
                .orElse("");
    }

    private static String outside(String document, Collection<String> texts) {
        if (texts.isEmpty()) {
            return " OR " + document + " IS NOT NULL";
        }
        String list = new TreeSet<>(texts).stream().map(Identifiers::literal).collect(Collectors.joining(", "));
        return " OR coalesce(" + document + " NOT IN (" + list + "), false)";
    }

    private static String documentText(Promotion promotion, Form form) {
        String column = Identifiers.quoted(promotion.from().column());
        String text = form == Form.JSONB ? "(" + column + " #>> " + path(promotion) + ")" : column + "::text";
        return text + " COLLATE \"C\"";
    }

    private static String value(Promotion promotion, Form form) {
        String column = Identifiers.quoted(promotion.from().column());
        return form == Form.JSONB ? "(" + column + " #> " + path(promotion) + ")" : column;
    }

    private static String path(Promotion promotion) {
        return promotion.from().keys().stream()
                .map(Identifiers::literal)
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }
}
