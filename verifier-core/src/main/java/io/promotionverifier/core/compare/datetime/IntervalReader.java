package io.promotionverifier.core.compare.datetime;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the fields of an interval from the last to the first, as {@code DecodeInterval} does, so that a unit is known
 * before its number. Single use, confined to one thread.
 */
final class IntervalReader {
    private static final int YEAR_MONTHS = 12;

    private final List<Field> fields;
    private final int serverMajor;
    private final IntervalSum sum;
    private final Set<IntervalUnit> seen = EnumSet.noneOf(IntervalUnit.class);
    private Optional<IntervalUnit> unit = Optional.empty();
    private Optional<IntervalResult> infinite = Optional.empty();
    private boolean expectsNumber;
    private boolean isAgo;

    private IntervalReader(List<Field> fields, int serverMajor, boolean allNegative) {
        this.fields = fields;
        this.serverMajor = serverMajor;
        this.sum = IntervalSum.of(serverMajor, allNegative);
    }

    /** What the fields say; {@code allNegative}: the minus before the first of them counts for all. */
    static IntervalResult read(List<Field> fields, int serverMajor, boolean allNegative) {
        IntervalReader reader = new IntervalReader(fields, serverMajor, allNegative);
        return reader.read() ? reader.infinite.orElseGet(reader.sum::result) : new IntervalResult.Refused();
    }

    private boolean read() {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (!read(fields.get(i), i == fields.size() - 1)) {
                return false;
            }
        }
        if (seen.isEmpty() || (serverMajor >= 17 && expectsNumber)) {
            return false;
        }
        sum.settle();
        return !isAgo || sum.negate();
    }

    private boolean read(Field field, boolean isLast) {
        return switch (field.kind()) {
            case TIME -> readTime(field.text(), false);
            case OFFSET -> readSigned(field.text());
            case NUMBER, DATE -> readNumber(field.text());
            case WORD, SIGNED_WORD -> readWord(field.text(), isLast);
        };
    }

    private boolean readSigned(String text) {
        boolean hasColon = text.indexOf(':') >= 0;
        return hasColon ? readTime(text.substring(1), text.startsWith("-")) : readNumber(text);
    }

    private boolean readTime(String text, boolean negative) {
        Optional<IntervalTime> time = IntervalTime.read(text, serverMajor);
        unit = Optional.of(IntervalUnit.DAY);
        expectsNumber = false;
        return time.isPresent() && sum.setTime(time.get(), negative) && claim(IntervalUnit.TIME);
    }

    private boolean readNumber(String text) {
        Digits digits = new Digits(text);
        OptionalLong whole = digits.takeLong();
        if (whole.isEmpty() || (serverMajor < 15 && !isInt(whole.getAsLong()))) {
            return false;
        }
        expectsNumber = false;
        if (digits.take('-')) {
            return isInt(whole.getAsLong()) && readMonths(text, whole.getAsLong(), digits);
        }
        OptionalDouble fraction = digits.isAt('.') ? Digits.fraction(digits.rest(), serverMajor) : OptionalDouble.of(0);
        if (fraction.isEmpty() || !(digits.isAt('.') || digits.isAtEnd())) {
            return false;
        }
        double part = text.startsWith("-") ? -fraction.getAsDouble() : fraction.getAsDouble();
        return add(unit.orElse(IntervalUnit.SECOND), whole.getAsLong(), part);
    }

    private static boolean isInt(long number) {
        return number == (int) number;
    }

    /** The months of {@code years-months}. */
    private boolean readMonths(String text, long years, Digits digits) {
        OptionalInt months = digits.takeInt();
        if (months.isEmpty() || months.getAsInt() < 0 || months.getAsInt() >= YEAR_MONTHS || !digits.isAtEnd()) {
            return false;
        }
        long total = years * YEAR_MONTHS + (text.startsWith("-") ? -months.getAsInt() : months.getAsInt());
        return isInt(total) && add(IntervalUnit.MONTH, total, 0);
    }

    private boolean add(IntervalUnit counted, long whole, double fraction) {
        unit = Optional.of(counted == IntervalUnit.HOUR ? IntervalUnit.DAY : counted);
        boolean isExactSecond = counted != IntervalUnit.SECOND || fraction == 0;
        return sum.add(counted, whole, fraction)
                && claim(
                        isExactSecond
                                ? List.of(counted)
                                : List.of(IntervalUnit.SECOND, IntervalUnit.MILLISECOND, IntervalUnit.MICROSECOND));
    }

    private boolean claim(Collection<IntervalUnit> units) {
        boolean free = units.stream().noneMatch(seen::contains);
        seen.addAll(units);
        return free;
    }

    private boolean readWord(String text, boolean isLast) {
        if (serverMajor >= 17 && expectsNumber) {
            return false;
        }
        Optional<IntervalUnit> named = IntervalUnit.of(text);
        if (named.isPresent()) {
            unit = named;
            expectsNumber = true;
            return true;
        }
        if (text.equals("ago")) {
            isAgo = true;
            unit = Optional.of(IntervalUnit.UNCOUNTABLE);
            return serverMajor < 17 || isLast;
        }
        return serverMajor >= 17 && (readInfinity(text) ? isLast && claimAll() : readDateWord(text));
    }

    private boolean readInfinity(String text) {
        boolean isInfinity = text.equals("infinity") || text.equals("+infinity") || text.equals("-infinity");
        if (isInfinity) {
            infinite = Optional.of(new IntervalResult.Infinite(!text.startsWith("-")));
            unit = Optional.of(IntervalUnit.UNCOUNTABLE);
        }
        return isInfinity;
    }

    private boolean claimAll() {
        return claim(List.of(IntervalUnit.YEAR, IntervalUnit.MONTH, IntervalUnit.DAY)) && claim(IntervalUnit.TIME);
    }

    /** From version 17 on the words of dates are looked up too, and a few of them pass. */
    private boolean readDateWord(String text) {
        Optional<Word.Kind> kind = Word.of(text).map(Word::kind);
        if (kind.equals(Optional.of(Word.Kind.FILLER))) {
            unit = Optional.empty();
            return true;
        }
        unit = Optional.of(text.equals("mm") ? IntervalUnit.MINUTE : IntervalUnit.UNCOUNTABLE);
        expectsNumber = true;
        return kind.equals(Optional.of(Word.Kind.UNIT)) || kind.equals(Optional.of(Word.Kind.JULIAN));
    }
}
