package io.promotionverifier.postgres.decode;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Optional;

/** Dates and times as {@code to_jsonb} prints them under {@code TimeZone = UTC}; PostgreSQL reads each of them back. */
public final class PostgresTime {
    private static final int NANOS_PER_MICRO = 1000;
    private static final String UTC = "+00";
    private static final String BEFORE_CHRIST = " BC";

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

    /** The same of what a server prints in {@code DateStyle = ISO}: {@code 2025-01-15 08:00:00.1}. */
    public static String timestamp(String printed) {
        int gap = printed.indexOf(' ');
        return gap < 0 ? printed : printed.substring(0, gap) + "T" + printed.substring(gap + 1);
    }

    /**
     * The same of what a server prints in {@code DateStyle = ISO}: {@code 2025-01-15 08:00:00.1+00}. Absent for a year
     * beyond 9999 or before Christ in a session whose zone is not UTC.
     */
    public static Optional<String> timestamptz(String printed) {
        if (printed.endsWith("infinity")) {
            return Optional.of(printed);
        }
        String iso = timestamp(printed);
        int end = iso.endsWith(BEFORE_CHRIST) ? iso.length() - BEFORE_CHRIST.length() : iso.length();
        if (iso.startsWith(UTC, end - UTC.length())) {
            return Optional.of(iso.substring(0, end) + ":00" + iso.substring(end));
        }
        try {
            boolean hoursOnly = iso.charAt(end - UTC.length()) != ':';
            return Optional.of(timestamptz(OffsetDateTime.parse(hoursOnly ? iso + ":00" : iso)));
        } catch (DateTimeParseException farAway) {
            return Optional.empty();
        }
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
