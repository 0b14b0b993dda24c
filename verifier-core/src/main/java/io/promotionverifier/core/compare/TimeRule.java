package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeInput;
import io.promotionverifier.core.compare.datetime.DateTimeResult;
import io.promotionverifier.core.compare.datetime.DateTimeType;
import io.promotionverifier.core.promotion.SessionRules;
import java.util.OptionalInt;

/**
 * {@code time} and {@code timetz}, with or without a precision: a time of day in microseconds, and the offset with
 * which it was written. One instant under two offsets is two values, and so are 00:00 and 24:00.
 */
final class TimeRule implements TypeRule {
    private final DateTimeType type;
    private final DateTimeInput input;
    private final SecondPrecision precision;

    TimeRule(DateTimeType type, OptionalInt precision, SessionRules session) {
        this.type = type;
        this.input = new DateTimeInput(type, session.serverMajor(), session.zone());
        this.precision = SecondPrecision.of(precision);
    }

    @Override
    public Canonical canonical(String text) {
        DateTimeResult result = input.read(text);
        if (result instanceof DateTimeResult.TimeOfDay time) {
            String offset = type == DateTimeType.TIMETZ ? CalendarText.offset(time.offsetSeconds()) : "";
            return new Canonical.Known(CalendarText.time(precision.round(time.micros())) + offset);
        }
        return CalendarText.withoutValue(result);
    }
}
