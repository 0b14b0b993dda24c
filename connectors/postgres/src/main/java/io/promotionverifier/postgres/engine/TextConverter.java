package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.data.SpecialValueDecimal;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import io.promotionverifier.postgres.decode.ColumnText;
import io.promotionverifier.postgres.decode.PostgresTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgArray;

/**
 * Makes Debezium hand over every captured value as PostgreSQL's text, and NULL as NULL.
 *
 * <p>Debezium's own converters give the default, 0 or an empty string for a NULL if the column is NOT NULL in the
 * catalog <em>now</em>: rows written before {@code SET NOT NULL} would show values that were never there.
 *
 * <p>Created by Debezium by its name; called by its reading thread.
 */
public final class TextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    static final String TOAST = "toast";
    static final String FOREIGN = "foreign";

    private static final Map<Object, String> SPECIAL = Map.of(
            PostgresValueConverter.POSITIVE_INFINITY_OFFSET_DATE_TIME, "infinity",
            PostgresValueConverter.NEGATIVE_INFINITY_OFFSET_DATE_TIME, "-infinity",
            PostgresValueConverter.POSITIVE_INFINITY_INSTANT, "infinity",
            PostgresValueConverter.NEGATIVE_INFINITY_INSTANT, "-infinity",
            PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE, "infinity",
            PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE, "-infinity",
            SpecialValueDecimal.NOT_A_NUMBER, "NaN",
            SpecialValueDecimal.POSITIVE_INF, "Infinity",
            SpecialValueDecimal.NEGATIVE_INF, "-Infinity");

    private String toast = "";
    private String foreign = "";

    /** For Debezium. */
    public TextConverter() {}

    @Override
    public void configure(Properties properties) {
        toast = properties.getProperty(TOAST);
        foreign = properties.getProperty(FOREIGN);
    }

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        SchemaBuilder schema = SchemaBuilder.string().optional().name(ColumnText.schemaName(column.typeName()));
        registration.register(schema, converter(column.typeName()));
    }

    private Converter converter(String type) {
        return switch (type) {
            case "timestamptz" -> raw -> raw instanceof String printed ? timestamptz(printed) : text(raw);
            case "timestamp" -> raw -> raw instanceof String printed ? PostgresTime.timestamp(printed) : text(raw);
            default -> this::text;
        };
    }

    private String timestamptz(String printed) {
        return PostgresTime.timestamptz(printed).orElse(foreign);
    }

    private @Nullable String text(@Nullable Object raw) {
        if (raw == null || raw instanceof String) {
            return (String) raw;
        }
        if (raw instanceof Boolean || raw instanceof Number || raw instanceof PgArray) {
            return raw.toString();
        }
        if (UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(raw)) {
            return toast;
        }
        String special = SPECIAL.get(raw);
        return special != null ? special : rendered(raw);
    }

    private String rendered(Object raw) {
        if (raw instanceof SpecialValueDecimal decimal) {
            return decimal.getDecimalValue().map(BigDecimal::toPlainString).orElse(foreign);
        }
        if (raw instanceof OffsetDateTime time) {
            return PostgresTime.timestamptz(time);
        }
        if (raw instanceof Instant time) {
            return PostgresTime.timestamp(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        }
        return raw instanceof LocalDate date ? PostgresTime.date(date) : foreign;
    }
}
