package io.promotionverifier.postgres.report;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.sql.Identifiers;
import java.util.Optional;
import java.util.Set;

/**
 * SQL for a text that two values share exactly if they are equal as the promoted column's type, without a cast that may
 * fail. Immutable.
 */
final class ValueSql {
    /** From this release on the server tells whether a text would be refused. */
    private static final int TELLS_VALIDITY = 16;

    /** Types whose equality is that of their text, and which no text is refused for. */
    private static final Set<ColumnType.Kind> AS_TEXT =
            Set.of(ColumnType.Kind.TEXT, ColumnType.Kind.ENUM, ColumnType.Kind.CITEXT, ColumnType.Kind.CITEXT_ASCII);

    private static final Set<ColumnType.Kind> CHARACTERS = Set.of(ColumnType.Kind.VARCHAR, ColumnType.Kind.CHAR);

    /** Types that refuse some texts and whose reading depends on nothing but the text. */
    private static final Set<ColumnType.Kind> CAST = Set.of(
            ColumnType.Kind.BOOLEAN,
            ColumnType.Kind.SMALLINT,
            ColumnType.Kind.INTEGER,
            ColumnType.Kind.BIGINT,
            ColumnType.Kind.NUMERIC,
            ColumnType.Kind.REAL,
            ColumnType.Kind.DOUBLE_PRECISION,
            ColumnType.Kind.UUID);

    private final ColumnType type;
    private final int serverMajor;

    ValueSql(ColumnType type, int serverMajor) {
        this.type = type;
        this.serverMajor = serverMajor;
    }

    /** Why no such SQL is known, if so. */
    Optional<String> reasonAgainst() {
        if (AS_TEXT.contains(type.kind()) || type.kind() == ColumnType.Kind.JSONB) {
            return Optional.empty();
        }
        if (type.domain()) {
            return Optional.of("only the server knows what the domain " + type.sqlName() + " refuses");
        }
        if (CHARACTERS.contains(type.kind())) {
            return Optional.empty();
        }
        if (!CAST.contains(type.kind())) {
            return Optional.of(
                    "what a text means as " + type.sqlName() + " depends on the session, or on more than it");
        }
        return serverMajor >= TELLS_VALIDITY
                ? Optional.empty()
                : Optional.of("before PostgreSQL " + TELLS_VALIDITY + " a cast to " + type.sqlName() + " may fail");
    }

    /** The text of a typed value. */
    String ofColumn(String value) {
        return switch (type.kind()) {
            case CITEXT, CITEXT_ASCII -> "lower((" + value + ")::text)";
            case NUMERIC -> "trim_scale(" + value + ")::text";
            case REAL, DOUBLE_PRECISION -> "(" + value + " + 0)::text";
            case JSONB -> "jsonb_hash_extended(" + value + ", 0)::text";
            default -> "(" + value + ")::text";
        };
    }

    /** The text of a value that is written as text. */
    String ofText(String text) {
        if (AS_TEXT.contains(type.kind())) {
            return ofColumn(text);
        }
        if (CHARACTERS.contains(type.kind())) {
            return "(" + text + ")::" + type.sqlName() + "::text";
        }
        return "CASE WHEN pg_input_is_valid(" + text + ", " + Identifiers.literal(type.sqlName()) + ") THEN "
                + ofColumn(text + "::" + type.sqlName()) + " ELSE " + uncastable() + " END";
    }

    /** What {@link #ofText} gives for a text that the type refuses. */
    String uncastable() {
        return Identifiers.literal("(not a " + type.sqlName() + ")");
    }

    /** True if there is a value at all: JSON null in a jsonb column is none. */
    String isPresent(String value) {
        return type.kind() == ColumnType.Kind.JSONB
                ? value + " IS NOT NULL AND " + value + " <> 'null'::jsonb"
                : value + " IS NOT NULL";
    }

    /** A text as another type, NULL where that refuses it; absent where that cannot be known. */
    Optional<String> cast(String text, String castName) {
        if (castName.equals("text") || castName.equals("character varying")) {
            return Optional.of(text);
        }
        return serverMajor >= TELLS_VALIDITY && type.kind() != ColumnType.Kind.JSONB
                ? Optional.of("CASE WHEN pg_input_is_valid(" + text + ", " + Identifiers.literal(castName) + ") THEN "
                        + text + "::" + castName + " END")
                : Optional.empty();
    }
}
