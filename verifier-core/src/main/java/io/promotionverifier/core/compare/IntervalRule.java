package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.IntervalInput;
import io.promotionverifier.core.compare.datetime.IntervalResult;
import io.promotionverifier.core.compare.datetime.IntervalResult.Span;
import io.promotionverifier.core.promotion.IntervalFields;
import io.promotionverifier.core.promotion.SessionRules;
import java.util.OptionalInt;

/**
 * {@code interval}, with fields and a precision or without: what is smaller than the last field is cut off. Two
 * intervals are equal when they last as long, a month counted as 30 days and a day as 24 hours.
 */
final class IntervalRule implements TypeRule {
    private static final int YEAR_MONTHS = 12;
    private static final int MONTH_DAYS = 30;
    private static final long MINUTE_MICROS = 60_000_000L;
    private static final long HOUR_MICROS = 60 * MINUTE_MICROS;
    private static final long DAY_MICROS = 24 * HOUR_MICROS;

    private final IntervalInput input;
    private final IntervalFields fields;
    private final SecondPrecision precision;
    private final SessionRules session;

    /** @throws IllegalArgumentException if PostgreSQL makes no interval of such fields */
    IntervalRule(OptionalInt precision, OptionalInt fields, SessionRules session) {
        int code = fields.orElse(IntervalFields.ALL.code());
        this.input = new IntervalInput(session.serverMajor());
        this.fields = IntervalFields.ofCode(code)
                .orElseThrow(() -> new IllegalArgumentException("No fields of an interval: " + code));
        this.precision = SecondPrecision.of(precision);
        this.session = session;
    }

    @Override
    public Canonical canonical(String text) {
        IntervalResult result = input.read(text);
        if (result instanceof Span span) {
            return rounded(cut(span));
        }
        if (result instanceof IntervalResult.Infinite infinite) {
            return new Canonical.Known(infinite.positive() ? "infinity" : "-infinity");
        }
        return result instanceof IntervalResult.Refused ? new Canonical.Refused() : new Canonical.Volatile();
    }

    private Span cut(Span span) {
        return switch (fields) {
            case YEAR -> new Span(span.months() / YEAR_MONTHS * YEAR_MONTHS, 0, 0);
            case MONTH, YEAR_TO_MONTH -> new Span(span.months(), 0, 0);
            case DAY -> new Span(span.months(), span.days(), 0);
            case HOUR, DAY_TO_HOUR -> cut(span, HOUR_MICROS);
            case MINUTE, DAY_TO_MINUTE, HOUR_TO_MINUTE -> cut(span, MINUTE_MICROS);
            case SECOND, DAY_TO_SECOND, HOUR_TO_SECOND, MINUTE_TO_SECOND, ALL -> span;
        };
    }

    private static Span cut(Span span, long step) {
        return new Span(span.months(), span.days(), span.micros() / step * step);
    }

    private Canonical rounded(Span span) {
        boolean turns = session.serverMajor() < 17;
        if (!turns && precision.overflows(span.micros())) {
            return new Canonical.Refused();
        }
        long micros = turns ? precision.roundTurned(span.micros()) : precision.round(span.micros());
        return new Canonical.Known(canonical(new Span(span.months(), span.days(), micros)));
    }

    /** {@code 427 days 04:05:06.000000}, with a minus in front of the whole. */
    private static String canonical(Span span) {
        long days = span.months() * (long) MONTH_DAYS + span.days() + Math.floorDiv(span.micros(), DAY_MICROS);
        long micros = Math.floorMod(span.micros(), DAY_MICROS);
        boolean isNegative = days < 0;
        long wholeDays = isNegative ? -days - (micros > 0 ? 1 : 0) : days;
        long rest = isNegative && micros > 0 ? DAY_MICROS - micros : micros;
        return (isNegative ? "-" : "") + (wholeDays == 0 ? "" : wholeDays + " days ") + CalendarText.time(rest);
    }
}
