package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeResult;
import java.time.LocalDate;

/** Days and times of day as canonical texts hold them. */
final class CalendarText {
    private static final long SECOND_MICROS = 1_000_000;

    private CalendarText() {}

    /** {@code 2024-02-29}; the year before 0001 is 0000. */
    static String day(long epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        StringBuilder text = new StringBuilder(16).append(day.getYear() < 0 ? "-" : "");
        append(text, "", Math.abs(day.getYear()), 1_000);
        append(text, "-", day.getMonthValue(), 10);
        append(text, "-", day.getDayOfMonth(), 10);
        return text.toString();
    }

    /** {@code 12:34:56.000000}; midnight at the day's end is {@code 24:00:00.000000}. */
    static String time(long micros) {
        long seconds = micros / SECOND_MICROS;
        StringBuilder text = new StringBuilder(16);
        append(text, "", seconds / 3600, 10);
        append(text, ":", seconds / 60 % 60, 10);
        append(text, ":", seconds % 60, 10);
        append(text, ".", micros % SECOND_MICROS, SECOND_MICROS / 10);
        return text.toString();
    }

    /** {@code +05:30:00}. */
    static String offset(int seconds) {
        int size = Math.abs(seconds);
        StringBuilder text = new StringBuilder(9);
        append(text, seconds < 0 ? "-" : "+", size / 3600, 10);
        append(text, ":", size / 60 % 60, 10);
        append(text, ":", size % 60, 10);
        return text.toString();
    }

    /** The canonical form of a result that is no ordinary value. */
    static Canonical withoutValue(DateTimeResult result) {
        if (result instanceof DateTimeResult.Infinite infinite) {
            return new Canonical.Known(infinite.positive() ? "infinity" : "-infinity");
        }
        return result instanceof DateTimeResult.Refused ? new Canonical.Refused() : new Canonical.Volatile();
    }

    /** @param widest the least number that needs no zero before it: a power of ten */
    private static void append(StringBuilder text, String separator, long number, long widest) {
        text.append(separator);
        for (long least = widest; least > number && least > 1; least /= 10) {
            text.append('0');
        }
        text.append(number);
    }
}
