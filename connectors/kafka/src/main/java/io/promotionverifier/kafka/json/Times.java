package io.promotionverifier.kafka.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as we print them. A history has two in each record, and the library's reader and printer of all forms take
 * longer than all else that is done with a record; they still take whatever has another form.
 */
final class Times {
    private static final String FORM = "0000-00-00T00:00:00.000000Z";
    private static final long SECONDS_A_MINUTE = 60;
    private static final long SECONDS_AN_HOUR = 3_600;
    private static final long SECONDS_A_DAY = 86_400;
    private static final long NANOS_A_MICRO = 1_000;
    private static final int MONTHS = 12;
    private static final int HOURS = 24;

    private static final DateTimeFormatter OF_ANY_YEAR = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LAST_YEAR = 9_999;

    private Times() {}

    /** ISO-8601 in UTC with exactly six digits of a second. */
    static String print(Instant time) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY));
        if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
            return OF_ANY_YEAR.format(time);
        }
        long second = Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY);
        byte[] text = FORM.getBytes(StandardCharsets.US_ASCII);
        put(text, 0, 4, date.getYear());
        put(text, 5, 7, date.getMonthValue());
        put(text, 8, 10, date.getDayOfMonth());
        put(text, 11, 13, second / SECONDS_AN_HOUR);
        put(text, 14, 16, second / SECONDS_A_MINUTE % SECONDS_A_MINUTE);
        put(text, 17, 19, second % SECONDS_A_MINUTE);
        put(text, 20, 26, time.getNano() / NANOS_A_MICRO);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void put(byte[] text, int from, int to, long number) {
        long rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

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
