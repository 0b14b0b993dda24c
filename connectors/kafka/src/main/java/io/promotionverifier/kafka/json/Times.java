package io.promotionverifier.kafka.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Times as {@link Json#time} prints them. A history has one in each record, and the library's reader of all forms takes
 * longer than all else that is done with a record; it still reads, or refuses, whatever has another form.
 */
final class Times {
    private static final String FORM = "0000-00-00T00:00:00.000000Z";
    private static final long SECONDS_A_MINUTE = 60;
    private static final long SECONDS_AN_HOUR = 3_600;
    private static final long SECONDS_A_DAY = 86_400;
    private static final long NANOS_A_MICRO = 1_000;
    private static final int MONTHS = 12;
    private static final int HOURS = 24;

    private Times() {}

    /**
     * The time.
     *
     * @throws java.time.DateTimeException if the text is none
     */
    static Instant parse(String text) {
        return printed(text).orElseGet(() -> Instant.parse(text));
    }

    /** The time, if the text has exactly the form in which we print it. */
    static Optional<Instant> printed(String text) {
        if (!hasForm(text)) {
            return Optional.empty();
        }
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean dated = month >= 1 && month <= MONTHS && day >= 1 && day <= daysOf(number(text, 0, 4), month);
        if (!dated || hour >= HOURS || minute >= SECONDS_A_MINUTE || second >= SECONDS_A_MINUTE) {
            return Optional.empty();
        }
        long days = LocalDate.of(number(text, 0, 4), month, day).toEpochDay();
        long seconds = days * SECONDS_A_DAY + hour * SECONDS_AN_HOUR + minute * SECONDS_A_MINUTE + second;
        return Optional.of(Instant.ofEpochSecond(seconds, number(text, 20, 26) * NANOS_A_MICRO));
    }

    private static int daysOf(int year, int month) {
        return YearMonth.of(year, month).lengthOfMonth();
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char found = text.charAt(i);
            char wanted = FORM.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
