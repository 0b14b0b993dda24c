package io.promotionverifier.core.compare.datetime;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The form in which nearly every program writes a moment, {@code 2024-02-29T12:34:56.789Z} or {@code 2024-02-29
 * 12:34:56+02}: read at once where every server and every session reads the same. Everything else, faulty or not, is
 * left to {@link DateTimeReader}. Why twice: ADR 0027.
 */
final class IsoMoment {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long DAY_SECONDS = 86_400;

    private static final int SECOND_END = 19;
    private static final int MOST_FRACTION = 6;
    private static final int MOST_ZONE_HOUR = 14;

    private final String text;
    private int at;

    private IsoMoment(String text) {
        this.text = text;
    }

    /** Absent for what has another form, or is no moment. */
    static Optional<DateTimeResult.At> read(String text, DateTimeType type) {
        boolean zoned = type == DateTimeType.TIMESTAMPTZ;
        boolean isMoment = zoned || type == DateTimeType.TIMESTAMP;
        return isMoment && text.length() >= SECOND_END ? new IsoMoment(text).read(zoned) : Optional.empty();
    }

    private Optional<DateTimeResult.At> read(boolean zoned) {
        int year = number(0, 4);
        int month = number(5, 2);
        int day = number(8, 2);
        int hour = number(11, 2);
        int minute = number(14, 2);
        int second = number(17, 2);
        boolean isDay = year > 0 && month >= 1 && month <= 12 && day >= 1;
        boolean isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        if (!hasSeparators()
                || !isDay
                || !isTime
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return Optional.empty();
        }
        at = SECOND_END;
        long micros = fraction();
        long offset = zoned ? offset() : 0;
        if (micros < 0 || offset == Long.MIN_VALUE || at != text.length()) {
            return Optional.empty();
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * DAY_SECONDS
                + hour * 3_600L
                + minute * 60L
                + second
                - offset
                - Resolution.POSTGRES_EPOCH_SECOND;
        return Optional.of(new DateTimeResult.At(seconds * SECOND_MICROS + micros));
    }

    private boolean hasSeparators() {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** Microseconds, 0 without a fraction; negative for one that would have to be rounded, or is none. */
    private long fraction() {
        if (at == text.length() || text.charAt(at) != '.') {
            return 0;
        }
        int first = ++at;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        int digits = at - first;
        if (digits == 0 || digits > MOST_FRACTION) {
            return -1;
        }
        long micros = number(first, digits);
        for (int i = digits; i < MOST_FRACTION; i++) {
            micros *= 10;
        }
        return micros;
    }

    /** Seconds east of UTC; the least of all numbers if none stands here. */
    private long offset() {
        if (at == text.length()) {
            return Long.MIN_VALUE;
        }
        char sign = text.charAt(at++);
        if (sign == 'Z') {
            return 0;
        }
        int hours = number(at, 2);
        boolean hasMinutes = text.length() == at + 5 && text.charAt(at + 2) == ':';
        int minutes = hasMinutes ? number(at + 3, 2) : 0;
        at += hasMinutes ? 5 : 2;
        if ((sign != '+' && sign != '-') || hours < 0 || hours > MOST_ZONE_HOUR || minutes < 0 || minutes > 59) {
            return Long.MIN_VALUE;
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return sign == '+' ? seconds : -seconds;
    }

    /** The number that so many digits from here make; negative if they are not all digits. */
    private int number(int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            if (i >= text.length() || !Ascii.isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
