package io.promotionverifier.postgres.decode;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** Dates and times as {@code to_jsonb} prints them under {@code TimeZone = UTC}; PostgreSQL reads each of them back. */
public final class PostgresTime {
    private static final int NANOS_PER_MICRO = 1000;

    private PostgresTime() {}

    /** {@code 2025-01-15T08:00:00.1+00:00}, {@code 0044-03-15T10:00:00+00:00 BC}. */
    public static String timestamptz(OffsetDateTime time) {
        LocalDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        return dateTime(utc) + "+00:00" + era(utc.toLocalDate());
    }

    /** {@code 2025-01-15T08:00:00.1}. */
    public static String timestamp(LocalDateTime time) {
        return dateTime(time) + era(time.toLocalDate());
    }

    /** {@code 2024-02-29}. */
    public static String date(LocalDate date) {
        return day(date) + era(date);
    }

    private static String dateTime(LocalDateTime time) {
        StringBuilder text = new StringBuilder(day(time.toLocalDate())).append('T');
        padded(text, time.getHour(), 2).append(':');
        padded(text, time.getMinute(), 2).append(':');
        padded(text, time.getSecond(), 2);
        int micros = time.getNano() / NANOS_PER_MICRO;
        if (micros != 0) {
            padded(text.append('.'), micros, 6);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.toString();
    }

    private static String day(LocalDate date) {
        StringBuilder text = new StringBuilder();
        padded(text, date.get(ChronoField.YEAR_OF_ERA), 4).append('-');
        padded(text, date.getMonthValue(), 2).append('-');
        return padded(text, date.getDayOfMonth(), 2).toString();
    }

    private static String era(LocalDate date) {
        return date.getYear() <= 0 ? " BC" : "";
    }

    private static StringBuilder padded(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
