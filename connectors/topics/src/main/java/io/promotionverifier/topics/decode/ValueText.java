package io.promotionverifier.topics.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.postgres.decode.PostgresTime;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's text of one column's values, or a mark where the topic does not tell the value. Immutable.
 *
 * <p>A schema in the record says what a number means; without one the column's type and the connector's properties do.
 * Nothing is guessed: a value in another form than announced is marked.
 */
final class ValueText {
    private static final Pattern NO_TIME = Pattern.compile("P0Y0M0DT0H0M-?0(\\.0*)?S");
    private static final int VARIABLE_SCALE = -1;
    private static final int MODIFIER_HEADER = 4;
    private static final int SCALE_BITS = 0x7ff;
    private static final int SCALE_SIGN = 0x400;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int LAST_YEAR = 294_246;
    private static final int FIRST_YEAR = -4_712;

    private final TopicColumn column;
    private final ConnectorForm form;
    private final UnreadableMarks marks;
    private final boolean lost;
    private final boolean nullsLost;

    ValueText(TopicColumn column, ConnectorForm form, UnreadableMarks marks) {
        this.column = column;
        this.form = form;
        this.marks = marks;
        this.lost = Losses.of(column, form).isPresent();
        this.nullsLost = Losses.ofNulls(column, form).isPresent();
    }

    String name() {
        return column.name();
    }

    /**
     * The text; null for NULL, a mark for what cannot be told.
     *
     * @param schema the field's schema in the record; absent without schemas
     */
    @Nullable
    String of(JsonNode value, Optional<JsonNode> schema) {
        if (value.isNull()) {
            return nullsLost ? marks.foreign() : null;
        }
        if (value.isTextual() && value.textValue().equals(form.placeholder())) {
            return marks.toast();
        }
        if (lost) {
            return marks.foreign();
        }
        Optional<String> text = read(value, schema);
        return text.isPresent() && !standsForNull(value, schema, text.get()) ? text.get() : marks.foreign();
    }

    private boolean standsForNull(JsonNode value, Optional<JsonNode> schema, String text) {
        if (form.keepsNulls() || column.fallback() instanceof TopicColumn.Fallback.None) {
            return false;
        }
        if (schema.isPresent()) {
            JsonNode fallback = schema.get().path("default");
            return fallback.equals(value);
        }
        return !(column.fallback() instanceof TopicColumn.Fallback.Text known)
                || known.text().equals(text);
    }

    private Optional<String> read(JsonNode value, Optional<JsonNode> schema) {
        try {
            return switch (column.builtIn().orElse("text")) {
                case "bool" -> value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
                case "int2", "int4", "int8" ->
                    value.isIntegralNumber() ? Optional.of(value.asText()) : Optional.empty();
                case "float4", "float8" -> floating(value);
                case "numeric" -> special(value).or(() -> decimal(value, schema).map(BigDecimal::toPlainString));
                case "date" -> date(value);
                case "time" -> time(value, schema);
                case "timestamp" -> timestamp(value, schema);
                case "timestamptz" -> timestamptz(value);
                case "interval" -> interval(value);
                default -> value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
            };
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException notInThatForm) {
            return Optional.empty();
        }
    }

    private static Optional<String> floating(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue())
                    .filter(text -> text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity"));
        }
        return value.isNumber() ? Optional.of(value.decimalValue().toString()) : Optional.empty();
    }

    /** How Debezium writes them with {@code decimal.handling.mode=string}; none of them is Base64. */
    private static Optional<String> special(JsonNode value) {
        return switch (value.isTextual() ? value.textValue() : "") {
            case "NAN" -> Optional.of("NaN");
            case "POSITIVE_INFINITY" -> Optional.of("Infinity");
            case "NEGATIVE_INFINITY" -> Optional.of("-Infinity");
            default -> Optional.empty();
        };
    }

    private Optional<BigDecimal> decimal(JsonNode value, Optional<JsonNode> schema) {
        String named = schema.map(field -> field.path("name").asText()).orElse("");
        if (value.isObject()) {
            return Optional.of(new BigDecimal(
                    unscaled(value.path("value")), value.path("scale").intValue()));
        }
        if (named.equals("org.apache.kafka.connect.data.Decimal")) {
            int scale = Integer.parseInt(
                    schema.orElseThrow().path("parameters").path("scale").asText());
            return Optional.of(value.isNumber() ? value.decimalValue() : new BigDecimal(unscaled(value), scale));
        }
        boolean asString = schema.map(field -> field.path("type").asText().equals("string"))
                .orElseGet(() -> form.decimals().equals("string"));
        if (asString) {
            return Optional.of(new BigDecimal(value.textValue()));
        }
        if (schema.isPresent() || !form.decimals().equals("precise")) {
            return Optional.empty();
        }
        int scale = scale();
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        return scale == VARIABLE_SCALE ? Optional.empty() : Optional.of(new BigDecimal(unscaled(value), scale));
    }

    private static BigInteger unscaled(JsonNode value) {
        return new BigInteger(Base64.getDecoder().decode(value.asText()));
    }

    /** The scale of {@code numeric(p,s)}; a negative one counts as none. */
    private int scale() {
        int modifier = column.base().modifier();
        if (modifier < MODIFIER_HEADER) {
            return VARIABLE_SCALE;
        }
        int bits = (modifier - MODIFIER_HEADER) & SCALE_BITS;
        return (bits & SCALE_SIGN) == 0 ? bits : VARIABLE_SCALE;
    }

    private static Optional<String> date(JsonNode value) {
        if (!value.isIntegralNumber()) {
            return value.isTextual()
                    ? Optional.of(PostgresTime.date(
                            inRange(LocalDate.parse(value.textValue().replace("Z", "")))))
                    : Optional.empty();
        }
        return Optional.of(PostgresTime.date(inRange(LocalDate.ofEpochDay(value.longValue()))));
    }

    private Optional<String> time(JsonNode value, Optional<JsonNode> schema) {
        if (!value.isIntegralNumber()) {
            return value.isTextual() ? isoTime(value.textValue()) : Optional.empty();
        }
        Optional<Unit> unit = unit(schema);
        if (unit.isEmpty()) {
            return Optional.empty();
        }
        long micros = unit.get().micros(value.longValue());
        if (micros == MICROS_PER_DAY) {
            return Optional.of("24:00:00");
        }
        String text = PostgresTime.timestamp(at(micros));
        return micros < 0 || micros > MICROS_PER_DAY
                ? Optional.empty()
                : Optional.of(text.substring(text.indexOf('T') + 1));
    }

    /** 24:00:00 is written as midnight there. */
    private static Optional<String> isoTime(String text) {
        LocalTime time = LocalTime.parse(text.replace("Z", ""));
        return time.equals(LocalTime.MIDNIGHT) ? Optional.empty() : Optional.of(time.toString());
    }

    /** An infinite interval is written as none at all. */
    private static Optional<String> interval(JsonNode value) {
        return value.isTextual() && !NO_TIME.matcher(value.textValue()).matches()
                ? Optional.of(value.textValue())
                : Optional.empty();
    }

    private Optional<String> timestamp(JsonNode value, Optional<JsonNode> schema) {
        if (!value.isIntegralNumber()) {
            return value.isTextual()
                    ? Optional.of(PostgresTime.timestamp(
                            inRange(LocalDateTime.parse(value.textValue().replace("Z", "")))))
                    : Optional.empty();
        }
        return unit(schema).map(unit -> PostgresTime.timestamp(inRange(at(unit.micros(value.longValue())))));
    }

    private static Optional<String> timestamptz(JsonNode value) {
        if (!value.isTextual()) {
            return Optional.empty();
        }
        OffsetDateTime time = OffsetDateTime.parse(value.textValue());
        inRange(time.toLocalDateTime());
        return Optional.of(PostgresTime.timestamptz(time));
    }

    private Optional<Unit> unit(Optional<JsonNode> schema) {
        Optional<Unit> told = schema.isPresent()
                ? Unit.ofSchema(schema.get().path("name").asText())
                : Unit.ofMode(form.times(), column.builtIn().orElse(""), Losses.precision(column));
        return told.filter(unit -> unit != Unit.MILLIS || Losses.precision(column) <= 3);
    }

    private static LocalDateTime at(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                ZoneOffset.UTC);
    }

    /** The infinities have no form of their own there: they lie outside of what PostgreSQL can hold. */
    private static LocalDate inRange(LocalDate date) {
        if (date.getYear() > LAST_YEAR || date.getYear() < FIRST_YEAR) {
            throw new DateTimeException("no date of PostgreSQL");
        }
        return date;
    }

    private static LocalDateTime inRange(LocalDateTime time) {
        inRange(time.toLocalDate());
        return time;
    }
}
