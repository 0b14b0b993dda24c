package io.promotionverifier.core.compare.datetime;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads numbers as parts of a date or as a time without colons. Each method answers whether PostgreSQL would go on. */
final class DateReader {
    /** Years of so many digits fit 32 bits. */
    private static final int SAFE_YEAR_DIGITS = 9;

    private static final int MOST_PARTS = 25;

    /** 1970-01-01 as a Julian day. */
    private static final long JULIAN_UNIX_EPOCH = 2_440_588;

    private static final double DAY_MICROS = 86_400_000_000.0;

    private final Draft draft;
    private final DateOrder order;
    private final int serverMajor;

    DateReader(Draft draft, DateOrder order, int serverMajor) {
        this.draft = draft;
        this.order = order;
        this.serverMajor = serverMajor;
    }

    /** Reads a date whose numbers and month are joined by delimiters. */
    boolean readJoined(String text) {
        Optional<List<String>> parts = split(text);
        if (parts.isEmpty()) {
            return false;
        }
        boolean hasTextMonth = false;
        List<String> numbers = new ArrayList<>();
        for (String part : parts.get()) {
            if (Ascii.isDigit(part.charAt(0))) {
                numbers.add(part);
                continue;
            }
            Optional<Integer> month = Word.month(part);
            if (month.isEmpty() || !draft.claim(Part.MONTH)) {
                return false;
            }
            draft.month = month.get();
            hasTextMonth = true;
        }
        for (String number : numbers) {
            if (!readNumber(number, hasTextMonth)) {
                return false;
            }
        }
        return draft.hasOnly(Part.DATE, Part.DAY_OF_YEAR, Part.ZONE);
    }

    /** Runs of digits and of letters; the one character behind each run is dropped, whatever it is. */
    private static Optional<List<String>> split(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length() && parts.size() < MOST_PARTS) {
            while (at < text.length() && !Ascii.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return Optional.empty();
            }
            int from = at;
            boolean digits = Ascii.isDigit(text.charAt(at));
            while (at < text.length() && (digits ? Ascii.isDigit(text.charAt(at)) : Ascii.isLetter(text.charAt(at)))) {
                at++;
            }
            parts.add(text.substring(from, at));
            at++;
        }
        return Optional.of(parts);
    }

    /** Reads one number as the part of the date that is missing, or as a time once none is. */
    boolean readNumber(String text, boolean hasTextMonth) {
        Digits digits = new Digits(text);
        OptionalInt value = digits.takeInt();
        if (value.isEmpty() || digits.position() == 0) {
            return false;
        }
        if (digits.isAt('.')) {
            Optional<Integer> micros = Digits.micros(digits.rest(), serverMajor);
            if (micros.isEmpty()) {
                return false;
            }
            draft.micros = micros.get();
        }
        return draft.hasDate() ? readRunTogether(text, true) : readPart(value.getAsInt(), text.length(), hasTextMonth);
    }

    private boolean readPart(int value, int length, boolean hasTextMonth) {
        Set<Part> known = draft.dateParts();
        boolean hasYear = known.contains(Part.YEAR);
        boolean hasMonth = known.contains(Part.MONTH);
        if (known.equals(Set.of(Part.YEAR)) && length == 3 && value >= 1 && value <= 366) {
            draft.dayOfYear = value;
            return draft.claim(Part.DAY_OF_YEAR, Part.MONTH, Part.DAY);
        }
        if (known.isEmpty()) {
            return readFirst(value, length);
        }
        if (known.contains(Part.DAY)) {
            return hasMonth ? year(value, length) : !hasYear && month(value);
        }
        if (hasYear) {
            return hasMonth ? readDay(value, length, hasTextMonth) : month(value);
        }
        return (hasTextMonth && isYearFirst(length)) ? year(value, length) : day(value);
    }

    private boolean readFirst(int value, int length) {
        if (isYearFirst(length)) {
            return year(value, length);
        }
        return order == DateOrder.DMY ? day(value) : month(value);
    }

    private boolean isYearFirst(int length) {
        draft.dependsOnOrder |= length < 3;
        return length >= 3 || order == DateOrder.YMD;
    }

    /** The last part of a date that began with a year, unless a long number shows that it began with the day. */
    private boolean readDay(int value, int length, boolean hasTextMonth) {
        if (!hasTextMonth || length < 3 || !draft.isTwoDigitYear) {
            return day(value);
        }
        draft.isTwoDigitYear = false;
        int first = draft.year;
        draft.year = value;
        return day(first);
    }

    private boolean year(int value, int length) {
        draft.year = value;
        draft.isTwoDigitYear = length <= 2;
        return draft.claim(Part.YEAR);
    }

    private boolean month(int value) {
        draft.month = value;
        return draft.claim(Part.MONTH);
    }

    private boolean day(int value) {
        draft.day = value;
        return draft.claim(Part.DAY);
    }

    /** Reads the days since 4714-11-24 BC, perhaps with a fraction of a day. */
    boolean readDayCount(String text) {
        Digits digits = new Digits(text);
        OptionalInt days = digits.takeInt();
        if (days.isEmpty() || (!digits.isAtEnd() && !digits.isAt('.'))) {
            return false;
        }
        LocalDate date = LocalDate.ofEpochDay(days.getAsInt() - JULIAN_UNIX_EPOCH);
        draft.year = date.getYear();
        draft.month = date.getMonthValue();
        draft.day = date.getDayOfMonth();
        draft.isDayCount = true;
        boolean isFree = draft.claim(Part.YEAR, Part.MONTH, Part.DAY);
        return isFree && (digits.isAtEnd() || readDayFraction(digits.rest()));
    }

    private boolean readDayFraction(String fraction) {
        OptionalDouble part = Digits.fraction(fraction, serverMajor);
        if (part.isEmpty() || !draft.claim(Part.TIME)) {
            return false;
        }
        long micros = (long) (part.getAsDouble() * DAY_MICROS);
        draft.hour = (int) (micros / 3_600_000_000L);
        draft.minute = (int) (micros / 60_000_000 % 60);
        draft.second = (int) (micros / 1_000_000 % 60);
        draft.micros = (int) (micros % 1_000_000);
        return true;
    }

    /** Reads {@code yyyymmdd}, {@code hhmmss} or {@code hhmm}, a time with a fraction or none. */
    boolean readRunTogether(String text, boolean isDateKnown) {
        int dot = text.indexOf('.');
        String digits = dot < 0 ? text : text.substring(0, dot);
        if (!Ascii.areDigits(digits)) {
            // PostgreSQL 18 refuses letters; the ones before read them as they come.
            draft.isUnsure = true;
            return serverMajor < 18;
        }
        if (dot >= 0) {
            Optional<Integer> micros = Digits.micros(text.substring(dot), serverMajor);
            if (micros.isEmpty()) {
                return false;
            }
            draft.micros = micros.get();
        } else if (!isDateKnown && digits.length() >= 6) {
            return readRunTogetherDate(digits);
        }
        boolean isTime = digits.length() == 6 || digits.length() == 4;
        return isTime && draft.claim(Part.TIME) && readRunTogetherTime(digits);
    }

    private boolean readRunTogetherDate(String digits) {
        int yearDigits = digits.length() - 4;
        draft.day = Integer.parseInt(digits.substring(yearDigits + 2));
        draft.month = Integer.parseInt(digits.substring(yearDigits, yearDigits + 2));
        if (yearDigits <= SAFE_YEAR_DIGITS) {
            draft.year = Integer.parseInt(digits.substring(0, yearDigits));
        } else {
            // What the C library makes of a number beyond 32 bits is its own affair.
            draft.year = 2000;
            draft.isUnsure = true;
        }
        draft.isTwoDigitYear |= yearDigits == 2;
        return draft.claim(Part.YEAR, Part.MONTH, Part.DAY);
    }

    private boolean readRunTogetherTime(String digits) {
        draft.hour = Integer.parseInt(digits.substring(0, 2));
        draft.minute = Integer.parseInt(digits.substring(2, 4));
        draft.second = digits.length() == 6 ? Integer.parseInt(digits.substring(4)) : 0;
        return true;
    }
}
