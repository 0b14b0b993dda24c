package io.promotionverifier.core.compare.datetime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an interval that begins with {@code P}, as {@code DecodeISO8601Interval} does: {@code P1Y2M3DT4H5M6S},
 * {@code P0001-02-03T04:05:06} and {@code P00010203T040506}. Single use, confined to one thread.
 */
final class IsoIntervalReader {
    private static final Pattern NUMBER = Pattern.compile("-?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][-+]?\\d++)?");
    private static final Pattern NOT_DECIMAL = Pattern.compile("-?(?:0[xX]|[iInN])");
    private static final double MOST = 1.0e15;
    private static final int DATE_DIGITS = 8;
    private static final int TIME_DIGITS = 6;
    private static final char END = 0;

    private final String text;
    private final int serverMajor;
    private final IntervalSum sum;
    private final Matcher number;
    private int at = 1;
    private boolean isDate = true;
    private boolean hasField;
    private boolean isDone;
    private boolean isUnsure;
    private long whole;
    private double fraction;

    private IsoIntervalReader(String text, int serverMajor) {
        this.text = text;
        this.serverMajor = serverMajor;
        this.sum = IntervalSum.of(serverMajor, false);
        this.number = NUMBER.matcher(text);
    }

    /** What the text says. */
    static IntervalResult read(String text, int serverMajor) {
        IsoIntervalReader reader = new IsoIntervalReader(text, serverMajor);
        boolean accepted = text.length() >= 2 && text.startsWith("P") && reader.read();
        IntervalResult result = accepted ? reader.sum.result() : new IntervalResult.Refused();
        return reader.isUnsure ? new IntervalResult.Unsure() : result;
    }

    private boolean read() {
        boolean accepted = true;
        while (accepted && !isDone && at < text.length()) {
            if (peek() == 'T') {
                at++;
                startTime();
                continue;
            }
            int start = at;
            accepted = readNumber() && (isDate ? readDate(start, take()) : readTime(start, take()));
        }
        return accepted;
    }

    private void startTime() {
        isDate = false;
        hasField = false;
    }

    private boolean readDate(int start, char designator) {
        return switch (designator) {
            case 'Y' -> addField(IntervalUnit.YEAR);
            case 'M' -> addField(IntervalUnit.MONTH);
            case 'W' -> addField(IntervalUnit.WEEK);
            case 'D' -> addField(IntervalUnit.DAY);
            case 'T', END -> isRun(start, DATE_DIGITS) ? readRunTogetherDate(designator) : readJoinedDate(designator);
            case '-' -> readJoinedDate(designator);
            default -> false;
        };
    }

    private boolean addField(IntervalUnit unit) {
        hasField = true;
        return add(unit);
    }

    private boolean add(IntervalUnit unit) {
        return sum.add(unit, whole, fraction);
    }

    private boolean readRunTogetherDate(char designator) {
        boolean fits = sum.add(IntervalUnit.YEAR, whole / 10_000, 0)
                && sum.add(IntervalUnit.MONTH, whole / 100 % 100, 0)
                && sum.add(IntervalUnit.DAY, whole % 100, fraction);
        return fits && endDate(designator);
    }

    /** The end of a date without designators: the text's end, or a time. */
    private boolean endDate(char next) {
        isDone = next == END;
        startTime();
        return next == END || next == 'T';
    }

    private boolean readJoinedDate(char designator) {
        if (hasField || !add(IntervalUnit.YEAR)) {
            return false;
        }
        if (designator != '-') {
            return endDate(designator);
        }
        if (!readNumber() || !add(IntervalUnit.MONTH)) {
            return false;
        }
        char next = take();
        return next == '-' ? readNumber() && add(IntervalUnit.DAY) && endDate(take()) : endDate(next);
    }

    private boolean readTime(int start, char designator) {
        return switch (designator) {
            case 'H' -> addField(IntervalUnit.HOUR);
            case 'M' -> addField(IntervalUnit.MINUTE);
            case 'S' -> addField(IntervalUnit.SECOND);
            case END -> isRun(start, TIME_DIGITS) ? readRunTogetherTime() : readJoinedTime(END);
            case ':' -> readJoinedTime(designator);
            default -> false;
        };
    }

    private boolean readRunTogetherTime() {
        // From version 15 on the fraction is taken for one of a microsecond.
        IntervalUnit rest = serverMajor >= 15 ? IntervalUnit.MICROSECOND : IntervalUnit.SECOND;
        isDone = true;
        return sum.add(IntervalUnit.HOUR, whole / 10_000, 0)
                && sum.add(IntervalUnit.MINUTE, whole / 100 % 100, 0)
                && sum.add(IntervalUnit.SECOND, whole % 100, 0)
                && sum.add(rest, 0, fraction);
    }

    private boolean readJoinedTime(char designator) {
        if (hasField || !add(IntervalUnit.HOUR)) {
            return false;
        }
        isDone = true;
        if (designator == END) {
            return true;
        }
        if (!readNumber() || !add(IntervalUnit.MINUTE)) {
            return false;
        }
        char next = take();
        return next == END || (next == ':' && readNumber() && add(IntervalUnit.SECOND) && take() == END);
    }

    private boolean isRun(int start, int digits) {
        int from = text.charAt(start) == '-' ? start + 1 : start;
        int to = from;
        while (to < text.length() && Ascii.isDigit(text.charAt(to))) {
            to++;
        }
        return !hasField && to - from == digits;
    }

    /** Reads what C's {@code strtod} would, but leaves numbers that are not decimal to the server. */
    private boolean readNumber() {
        number.region(at, text.length());
        if (NOT_DECIMAL.matcher(text).region(at, text.length()).lookingAt()) {
            isUnsure = true;
            return false;
        }
        if (!number.lookingAt()) {
            return false;
        }
        double value = Double.parseDouble(number.group());
        at = number.end();
        isUnsure |= value != 0 && Math.abs(value) < Double.MIN_NORMAL;
        whole = (long) value;
        fraction = value - whole;
        return isInRange(value) && (value != 0 || number.group().matches("[-0.]++(?:[eE].*)?"));
    }

    private boolean isInRange(double value) {
        return serverMajor >= 15 ? Math.abs(value) <= MOST : value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private char take() {
        char c = peek();
        at++;
        return c;
    }
}
