package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of durations ({@code 30s}) and rates ({@code 0.1%}). */
public final class Quantities {
    private static final String DURATION_PATTERN = "(\\d{1,9})(ms|s|m|h|d)";
    private static final Pattern DURATION = Pattern.compile(DURATION_PATTERN);
    private static final String RATE_PATTERN = "(\\d{1,9}(?:\\.\\d{1,18})?)\\s?(%?)";
    private static final Pattern RATE = Pattern.compile(RATE_PATTERN);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Quantities() {}

    /** The ends of a range of rates. */
    public enum Range {
        /** From 0 to 1, both included. */
        FRACTION("between 0 and 1 (0% and 100%)", "0", "1"),
        /** Between 0 and 1, both excluded. */
        PROPER_FRACTION("above 0 and below 1 (100%)", "0", "1"),
        /** From 0, without an end. */
        ANY("0 or more", "0", "1000000");

        private final String words;
        private final BigDecimal least;
        private final BigDecimal most;

        Range(String words, String least, String most) {
            this.words = words;
            this.least = new BigDecimal(least);
            this.most = new BigDecimal(most);
        }

        private boolean holds(BigDecimal rate) {
            boolean atEnd = rate.compareTo(least) == 0 || rate.compareTo(most) == 0;
            boolean inside = rate.compareTo(least) > 0 && rate.compareTo(most) < 0;
            return inside || (atEnd && this != PROPER_FRACTION);
        }

        private ObjectNode schema() {
            boolean open = this == PROPER_FRACTION;
            ObjectNode schema = Schemas.type("number");
            schema.put(open ? "exclusiveMinimum" : "minimum", least);
            return schema.put(open ? "exclusiveMaximum" : "maximum", most);
        }
    }

    /** A length of time in a range, ends included. */
    public static Form<Duration> duration(String least, String most) {
        Duration from = duration(least);
        Duration to = duration(most);
        return ScalarForm.of("a duration", Schemas.pattern(Forms.anchored(DURATION_PATTERN)), text -> {
            Duration value = duration(text);
            if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
                throw new MalformedValueException("not between " + least + " and " + most);
            }
            return value;
        });
    }

    private static Duration duration(String text) {
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw new MalformedValueException("not a duration: write 200ms, 30s, 15m, 24h or 30d");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A rate in a range: {@code 0.1%} or {@code 0.001}. */
    public static Form<Double> rate(Range range) {
        ObjectNode schema = Schemas.anyOf(List.of(range.schema(), Schemas.pattern(Forms.anchored(RATE_PATTERN))));
        return ScalarForm.of("a rate", schema, text -> rate(text, range));
    }

    private static double rate(String text, Range range) {
        Matcher form = RATE.matcher(text);
        if (!form.matches()) {
            throw new MalformedValueException("not a rate: write 0.001 or 0.1%");
        }
        BigDecimal number = new BigDecimal(form.group(1));
        BigDecimal rate = form.group(2).isEmpty() ? number : number.divide(HUNDRED);
        if (!range.holds(rate)) {
            throw new MalformedValueException("not " + range.words);
        }
        return rate.doubleValue();
    }
}
