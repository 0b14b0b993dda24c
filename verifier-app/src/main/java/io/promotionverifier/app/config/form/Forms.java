package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The forms of single values that are not peculiar to SQL. */
public final class Forms {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final TextNode MASKED = TextNode.valueOf(Secret.MASK);

    private Forms() {}

    /** Any text. */
    public static Form<String> text() {
        return ScalarForm.of("text", Schemas.anyScalar(), text -> text);
    }

    /** A text of a given pattern. */
    public static Form<String> text(String name, String pattern) {
        Pattern form = Pattern.compile(pattern);
        ObjectNode schema = Schemas.anyScalar().put("pattern", anchored(pattern));
        return ScalarForm.of(name, schema, text -> {
            if (!form.matcher(text).matches()) {
                throw new MalformedValueException("not " + name);
            }
            return text;
        });
    }

    /** A text that is never shown. */
    public static Form<Secret> secret() {
        return new ScalarForm<>("a secret", Schemas.anyScalar(), Forms::secret, (value, text) -> MASKED);
    }

    private static Secret secret(String text) {
        if (text.isEmpty()) {
            throw new MalformedValueException("is empty");
        }
        return new Secret(text);
    }

    /** A whole number in a range, ends included. */
    public static Form<Long> integer(long least, long most) {
        ObjectNode schema = Schemas.type("integer").put("minimum", least).put("maximum", most);
        return new ScalarForm<>(
                "a whole number", schema, text -> whole(text, least, most), (value, text) -> LongNode.valueOf(value));
    }

    private static long whole(String text, long least, long most) {
        if (!text.matches("-?\\d{1,18}")) {
            throw new MalformedValueException("not a whole number");
        }
        long value = Long.parseLong(text);
        if (value < least || value > most) {
            throw new MalformedValueException("not between " + least + " and " + most);
        }
        return value;
    }

    /** {@code true} or {@code false}. */
    public static Form<Boolean> truth() {
        return new ScalarForm<>(
                "true or false", Schemas.type("boolean"), Forms::truth, (value, text) -> BooleanNode.valueOf(value));
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new MalformedValueException("not true or false");
        }
        return text.equals("true");
    }

    /** The constants of an enum, spelled in lower case with hyphens. */
    public static <E extends Enum<E>> Form<E> oneOf(Class<E> words) {
        return oneOf(words, word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The constants of an enum, spelled by a rule. */
    public static <E extends Enum<E>> Form<E> oneOf(Class<E> words, Function<E, String> spelling) {
        Map<String, E> spelled = new LinkedHashMap<>();
        for (E word : EnumSet.allOf(words)) {
            spelled.put(spelling.apply(word), word);
        }
        return oneOf(spelled);
    }

    private static <T> Form<T> oneOf(Map<String, T> words) {
        String name = String.join(" | ", words.keySet());
        ObjectNode schema = Schemas.object();
        words.keySet().forEach(schema.putArray("enum")::add);
        return ScalarForm.of(name, schema, text -> {
            T value = words.get(text);
            if (value == null) {
                throw new MalformedValueException("not one of " + String.join(", ", words.keySet()));
            }
            return value;
        });
    }

    /** A moment: ISO-8601 with an offset, or a date, which means its first moment in UTC. */
    public static Form<Instant> instant() {
        ObjectNode schema = Schemas.pattern(
                "^\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([Zz]|[+-]\\d{2}:\\d{2}))?$");
        return ScalarForm.of("a time", schema, Forms::instant);
    }

    private static Instant instant(String text) {
        try {
            return DATE.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replaceFirst(" ", "T")).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedValueException("not a time: write 2025-01-16T00:00:00Z or 2025-01-16");
        }
    }

    /** A time zone by its IANA name or offset. */
    public static Form<ZoneId> zone() {
        return ScalarForm.of("a time zone", Schemas.type("string"), Forms::zone);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new MalformedValueException("not a time zone: write UTC or Europe/Vienna");
        }
    }

    static String anchored(String pattern) {
        return "^(?:" + pattern + ")$";
    }
}
