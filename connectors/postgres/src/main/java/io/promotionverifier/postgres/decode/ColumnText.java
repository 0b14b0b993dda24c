package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.promotion.ColumnType;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * How captured values travel: every column is an optional string holding PostgreSQL's text, under a schema that names
 * the type the value had when it was written.
 *
 * <p>The form is ours (see the engine's converter) because Debezium's own forms turn a NULL into the column's default,
 * 0 or an empty string once the column is NOT NULL, though the row was written before.
 */
public final class ColumnText {
    private static final String SCHEMA_PREFIX = "verifier.pg.";
    private static final String ARRAY_PREFIX = "_";

    private ColumnText() {}

    /** The schema name for values of a type. */
    public static String schemaName(String typeName) {
        return SCHEMA_PREFIX + typeName;
    }

    /** The schema of values of a type. */
    static Schema schema(String typeName) {
        return SchemaBuilder.string().optional().name(schemaName(typeName)).build();
    }

    /** The type that a field's values had; absent if they do not travel in our form. */
    static Optional<String> typeOf(Field field) {
        String name = field.schema().name();
        return name != null && name.startsWith(SCHEMA_PREFIX)
                ? Optional.of(name.substring(SCHEMA_PREFIX.length()))
                : Optional.empty();
    }

    /** The text of a column: {@code Struct.get} would give the column's default in place of NULL (KAFKA-8713). */
    static @Nullable String textOf(Struct row, Field field) {
        return (String) row.getWithoutDefault(field.name());
    }

    /** One promoted column of a row version. */
    static ColumnValue read(Struct row, String column, ColumnType type, UnreadableMarks marks) {
        Field field = row.schema().field(column);
        if (field == null || !typeOf(field).filter(held -> fits(held, type)).isPresent()) {
            return new ColumnValue.Unavailable(Unreadable.SCHEMA);
        }
        String text = textOf(row, field);
        if (text == null) {
            return new ColumnValue.Null();
        }
        Optional<Unreadable> why = marks.reason(text);
        return why.isPresent() ? new ColumnValue.Unavailable(why.get()) : new ColumnValue.Present(text);
    }

    /** True if values that were written under this type's name are values of the type that we expect. */
    private static boolean fits(String held, ColumnType type) {
        if (type.domain()) {
            return !isBuiltIn(held);
        }
        return switch (type.kind()) {
            case ENUM -> !isBuiltIn(held);
            case ARRAY ->
                held.startsWith(ARRAY_PREFIX)
                        && fits(
                                held.substring(ARRAY_PREFIX.length()),
                                type.element().orElseThrow());
            case CITEXT, CITEXT_ASCII -> held.equals("citext");
            default -> BuiltInTypes.kind(held).filter(type.kind()::equals).isPresent();
        };
    }

    private static boolean isBuiltIn(String held) {
        return BuiltInTypes.isKnown(held)
                || held.equals("json")
                || (held.startsWith(ARRAY_PREFIX) && BuiltInTypes.isKnown(held.substring(ARRAY_PREFIX.length())));
    }
}
