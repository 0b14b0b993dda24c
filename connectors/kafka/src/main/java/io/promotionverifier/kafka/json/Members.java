package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.change.Lsn;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads members of parsed objects; each method throws {@link MalformedJsonException} with the member's name. */
public final class Members {
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(3_155_760_000L);

    private Members() {}

    /** A member that must be there and not null. */
    public static JsonNode member(JsonNode object, String name) {
        return any(object, name).orElseThrow(() -> new MalformedJsonException("member \"" + name + "\" is missing"));
    }

    /** A member; absent when it is missing or null. */
    public static Optional<JsonNode> any(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** A member made into something else; absent when it is missing or null. */
    public static <T> Optional<T> any(JsonNode object, String name, Function<JsonNode, T> as) {
        return any(object, name).map(as);
    }

    /** A text. */
    public static String text(JsonNode object, String name) {
        return required(object, name, JsonNode::isTextual, "a text").textValue();
    }

    /** A text; absent when it is missing or null. */
    public static Optional<String> anyText(JsonNode object, String name) {
        return any(object, name).map(found -> text(object, name));
    }

    /** A whole number of 64 bits. */
    public static long number(JsonNode object, String name) {
        return required(object, name, node -> node.isIntegralNumber() && node.canConvertToLong(), "a whole number")
                .longValue();
    }

    /** A whole number of 32 bits. */
    public static int integer(JsonNode object, String name) {
        return required(object, name, node -> node.isIntegralNumber() && node.canConvertToInt(), "a small whole number")
                .intValue();
    }

    /** A number. */
    public static BigDecimal decimal(JsonNode object, String name) {
        return required(object, name, JsonNode::isNumber, "a number").decimalValue();
    }

    /** True or false. */
    public static boolean flag(JsonNode object, String name) {
        return required(object, name, JsonNode::isBoolean, "true or false").booleanValue();
    }

    /** A time. */
    public static Instant time(JsonNode object, String name) {
        return time(name, text(object, name));
    }

    /** The time that a member's text names. */
    public static Instant time(String name, String text) {
        try {
            return Times.parse(text);
        } catch (DateTimeException malformed) {
            throw new MalformedJsonException("member \"" + name + "\" is no time", malformed);
        }
    }

    /** A time; absent when it is missing or null. */
    public static Optional<Instant> anyTime(JsonNode object, String name) {
        return any(object, name).map(found -> time(object, name));
    }

    /** A span of time of at most a century, told in seconds. */
    public static Duration seconds(JsonNode object, String name) {
        BigDecimal seconds = decimal(object, name);
        if (seconds.signum() < 0 || seconds.compareTo(MOST_SECONDS) > 0) {
            throw new MalformedJsonException("member \"" + name + "\" is no span of time");
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    /** A position in PostgreSQL's log. */
    public static Lsn lsn(JsonNode object, String name) {
        return lsn(name, text(object, name));
    }

    /** The position that a member's text names. */
    public static Lsn lsn(String name, String text) {
        try {
            return Lsn.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedJsonException("member \"" + name + "\" is no LSN", malformed);
        }
    }

    /** A constant, in upper or lower case. */
    public static <E extends Enum<E>> E constant(JsonNode object, String name, Class<E> type) {
        return constant(name, text(object, name), type);
    }

    /** The constant that a member's text names, in upper or lower case. */
    public static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new MalformedJsonException(
                    "member \"" + name + "\" is no " + type.getSimpleName() + " that we know", unknown);
        }
    }

    /** A constant; absent when it is missing or null. */
    public static <E extends Enum<E>> Optional<E> anyConstant(JsonNode object, String name, Class<E> type) {
        return any(object, name).map(found -> constant(object, name, type));
    }

    /** The elements of an array. */
    public static <T> List<T> list(JsonNode object, String name, Function<JsonNode, T> as) {
        List<T> elements = new ArrayList<>();
        required(object, name, JsonNode::isArray, "an array").forEach(element -> elements.add(as.apply(element)));
        return elements;
    }

    private static JsonNode required(JsonNode object, String name, Predicate<JsonNode> form, String what) {
        JsonNode found = member(object, name);
        if (!form.test(found)) {
            throw new MalformedJsonException("member \"" + name + "\" is not " + what);
        }
        return found;
    }
}
