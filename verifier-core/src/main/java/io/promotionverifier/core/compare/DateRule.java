package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeInput;
import io.promotionverifier.core.compare.datetime.DateTimeResult;
import io.promotionverifier.core.compare.datetime.DateTimeType;
import io.promotionverifier.core.promotion.SessionRules;

/** {@code date}: a day of the calendar; a time and a zone that come with it are checked and forgotten. */
final class DateRule implements TypeRule {
    private final DateTimeInput input;

    DateRule(SessionRules session) {
        this.input = new DateTimeInput(DateTimeType.DATE, session.serverMajor(), session.zone());
    }

    @Override
    public Canonical canonical(String text) {
        DateTimeResult result = input.read(text);
        return result instanceof DateTimeResult.Day day
                ? new Canonical.Known(CalendarText.day(day.epochDay()))
                : CalendarText.withoutValue(result);
    }
}
