package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeInput;
import io.promotionverifier.core.compare.datetime.DateTimeResult;
import io.promotionverifier.core.compare.datetime.DateTimeType;
import io.promotionverifier.core.promotion.SessionRules;
import java.util.OptionalInt;

/**
 * {@code timestamp} and {@code timestamptz}, with or without a precision: a moment in microseconds, without zone or
 * written in UTC.
 */
final class TimestampRule implements TypeRule {
    private static final long DAY_MICROS = 86_400_000_000L;

    /** 2000-01-01, from where PostgreSQL counts. */
    private static final long POSTGRES_EPOCH_DAY = 10_957;

    private final DateTimeInput input;
    private final SecondPrecision precision;
    private final String zone;

    TimestampRule(DateTimeType type, OptionalInt precision, SessionRules session) {
        this.input = new DateTimeInput(type, session.serverMajor(), session.zone());
        this.precision = SecondPrecision.of(precision);
        this.zone = type == DateTimeType.TIMESTAMPTZ ? "Z" : "";
    }

    @Override
    public Canonical canonical(String text) {
        DateTimeResult result = input.read(text);
        if (result instanceof DateTimeResult.At at) {
            return new Canonical.Known(moment(precision.round(at.micros())));
        }
        return CalendarText.withoutValue(result);
    }

    private String moment(long micros) {
        long day = POSTGRES_EPOCH_DAY + Math.floorDiv(micros, DAY_MICROS);
        return CalendarText.day(day) + "T" + CalendarText.time(Math.floorMod(micros, DAY_MICROS)) + zone;
    }
}
