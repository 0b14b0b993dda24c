package io.promotionverifier.core.sql;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The SQL condition that holds for every row which may disagree: the server drops only rows that the comparator would
 * call matched or absent, and lets it judge the rest. It compares what is printed, byte by byte, so no cast of it can
 * fail and no operator of the application can stand in.
 *
 * <p>There is one condition and two dialects of it: a census may print a value by any cast, a publication's row filter
 * only by immutable functions of the server's own. What a dialect cannot print is suspect in every row.
 */
public final class SuspectPredicate {
    private static final String EVERY_ROW = "true";

    private final Compared compared;
    private final Form form;
    private final Dialect dialect;

    private SuspectPredicate(Compared compared, Form form, Dialect dialect) {
        this.compared = compared;
        this.form = form;
        this.dialect = dialect;
    }

    /** What the document column is, for the server. */
    public enum Form {
        JSONB,
        /** {@code json}: to take a value out of it can fail, so no row of it is proven equal. */
        JSON,
        /** A column that is no JSON: compared as a whole. */
        PLAIN
    }

    /**
     * The part of a promotion that says which values are compared.
     *
     * @param from where the value lives in the document
     * @param to the promoted column
     * @param type its type
     * @param phase what the application does now
     * @param allowed the allowed values; absent when every value of the type is
     */
    public record Compared(DocumentPath from, String to, ColumnType type, Phase phase, Optional<Set<String>> allowed) {
        public Compared {
            allowed = allowed.map(Set::copyOf);
        }

        /** What a promotion compares. */
        public static Compared of(Promotion promotion) {
            return new Compared(
                    promotion.from(),
                    promotion.to(),
                    promotion.type(),
                    promotion.phase(),
                    promotion.domain().allowed());
        }
    }

    /** The condition: true or false, never NULL, never an error. */
    public static String of(Promotion promotion, Form form) {
        return new SuspectPredicate(Compared.of(promotion), form, Dialect.QUERY).condition();
    }

    /**
     * The same as a publication's row filter, whatever the session that evaluates it has set; absent where every row
     * must be sent, because the filter could not tell.
     *
     * @param compared of a column and a document column of the server's own types and collations, no domains
     */
    public static Optional<String> rowFilter(Compared compared, Form form) {
        String condition = new SuspectPredicate(compared, form, Dialect.ROW_FILTER).condition();
        return condition.equals(EVERY_ROW) ? Optional.empty() : Optional.of(condition);
    }

    /** How a value of the promoted column becomes text. */
    private enum Dialect {
        QUERY {
            @Override
            Optional<String> printed(ColumnType.Kind kind, String column) {
                return Optional.of(column + "::text");
            }
        },
        ROW_FILTER {
            /** Dates and floats are printed as the session says, enums as the catalog says: those are not here. */
            @Override
            Optional<String> printed(ColumnType.Kind kind, String column) {
                return switch (kind) {
                    case TEXT, VARCHAR, CHAR, BOOLEAN -> Optional.of(column + "::text");
                    case SMALLINT -> Optional.of(by("int2out", column));
                    case INTEGER -> Optional.of(by("int4out", column));
                    case BIGINT -> Optional.of(by("int8out", column));
                    case NUMERIC -> Optional.of(by("numeric_out", column));
                    case UUID -> Optional.of(by("uuid_out", column));
                    case TIME -> Optional.of(by("time_out", column));
                    case TIMETZ -> Optional.of(by("timetz_out", column));
                    default -> Optional.empty();
                };
            }
        };

        abstract Optional<String> printed(ColumnType.Kind kind, String column);

        private static String by(String output, String column) {
            return "textin(" + output + "(" + column + "))";
        }
    }

    private String condition() {
        if (form == Form.JSON || (form == Form.PLAIN && !compared.from().keys().isEmpty())) {
            return EVERY_ROW;
        }
        if (compared.phase() == Phase.C) {
            return value() + " IS NOT NULL";
        }
        String differs = differs();
        return differs.equals(EVERY_ROW) ? EVERY_ROW : differs + outsideAllowed();
    }

    /**
     * A text that does not differ is the document's own, and cheaper to look at than to take out of the document again.
     */
    private String outsideAllowed() {
        boolean text = compared.type().kind() == ColumnType.Kind.TEXT
                || compared.type().kind() == ColumnType.Kind.VARCHAR;
        String looked = text ? Identifiers.quoted(compared.to()) + "::text COLLATE \"C\"" : documentText();
        return compared.allowed().map(allowed -> outside(looked, allowed)).orElse("");
    }

    private String differs() {
        String column = Identifiers.quoted(compared.to());
        ColumnType type = compared.type();
        if (type.kind() == ColumnType.Kind.JSONB) {
            return form == Form.JSONB ? jsonb(column) : EVERY_ROW;
        }
        return dialect.printed(type.kind(), column)
                .map(text ->
                        differs(type, column, "(" + text + " COLLATE \"C\" IS DISTINCT FROM " + documentText() + ")"))
                .orElse(EVERY_ROW);
    }

    private String differs(ColumnType type, String column, String printed) {
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
            case NUMERIC -> form == Form.JSONB ? numeric(column, printed) : printed;
            case TIMESTAMPTZ -> "(" + printed + iso(column) + ")";
            case ENUM -> "(" + printed + outside(documentText(), type.labels()) + ")";
            // A kind for which nobody has shown that equal texts are equal values.
            default -> EVERY_ROW;
        };
    }

    /** To readers JSON null is no value, in the document as in the column: ADR 0017. */
    private String jsonb(String column) {
        return "(nullif(" + column + "::jsonb, 'null') IS DISTINCT FROM nullif(" + value() + ", 'null'))";
    }

    /** A JSON number is a numeric to the server: to compare it as one cannot fail. */
    private String numeric(String column, String printed) {
        return "(CASE jsonb_typeof(" + value() + ") WHEN 'number' THEN " + column + " IS NULL OR " + column + " <> ("
                + value() + ")::numeric ELSE " + printed + " END)";
    }

    /** The forms in which JSON libraries write an instant, besides PostgreSQL's own. */
    private String iso(String column) {
        String json = "(to_jsonb(" + column + ") #>> '{}') COLLATE \"C\"";
        return " AND " + json + " IS DISTINCT FROM " + documentText() + " AND replace(" + json
                + ", '+00:00', 'Z') IS DISTINCT FROM " + documentText();
    }

    private static String outside(String text, Collection<String> texts) {
        if (texts.isEmpty()) {
            return " OR " + text + " IS NOT NULL";
        }
        String list = new TreeSet<>(texts).stream().map(Identifiers::literal).collect(Collectors.joining(", "));
        return " OR coalesce(" + text + " NOT IN (" + list + "), false)";
    }

    private String documentText() {
        String column = Identifiers.quoted(compared.from().column());
        String text = form == Form.JSONB ? "(" + column + taken("->>", "#>>") + ")" : column + "::text";
        return text + " COLLATE \"C\"";
    }

    private String value() {
        String column = Identifiers.quoted(compared.from().column());
        return form == Form.JSONB ? "(" + column + taken("->", "#>") + ")" : column;
    }

    /**
     * The operator that takes a single key is cheaper than the one that takes a path. They differ where the key looks
     * like a number and the document is an array.
     */
    private String taken(String byKey, String byPath) {
        List<String> keys = compared.from().keys();
        boolean plain = keys.size() == 1
                && !keys.get(0).isEmpty()
                && Character.isLetter(keys.get(0).codePointAt(0));
        return plain ? " " + byKey + " " + Identifiers.literal(keys.get(0)) : " " + byPath + " " + path();
    }

    private String path() {
        return compared.from().keys().stream()
                .map(Identifiers::literal)
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }
}
