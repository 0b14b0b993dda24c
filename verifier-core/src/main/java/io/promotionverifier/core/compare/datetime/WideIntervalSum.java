package io.promotionverifier.core.compare.datetime;

/** The sum from PostgreSQL 15 on: microseconds in 64 bits, and what overflows is refused. */
final class WideIntervalSum implements IntervalSum {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long MINUTE_MICROS = 60 * SECOND_MICROS;
    private static final long HOUR_MICROS = 60 * MINUTE_MICROS;
    private static final long DAY_MICROS = 24 * HOUR_MICROS;
    private static final int YEAR_MONTHS = 12;

    private final boolean allNegative;
    private int years;
    private int months;
    private int days;
    private long micros;

    WideIntervalSum(boolean allNegative) {
        this.allNegative = allNegative;
    }

    @Override
    public boolean add(IntervalUnit unit, long whole, double fraction) {
        long signed = allNegative && whole > 0 ? -whole : whole;
        double part = allNegative && fraction > 0 ? -fraction : fraction;
        try {
            addExact(unit, signed, part);
            return true;
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private void addExact(IntervalUnit unit, long whole, double fraction) {
        switch (unit) {
            case MICROSECOND -> addTime(whole, fraction, 1);
            case MILLISECOND -> addTime(whole, fraction, 1000);
            case SECOND -> addTime(whole, fraction, SECOND_MICROS);
            case MINUTE -> addTime(whole, fraction, MINUTE_MICROS);
            case HOUR -> addTime(whole, fraction, HOUR_MICROS);
            case DAY -> {
                addDays(whole, 1);
                addMicros(fraction, DAY_MICROS);
            }
            case WEEK -> {
                addDays(whole, 7);
                addPartOfDays(fraction, 7);
            }
            case MONTH -> {
                months = Math.addExact(months, Math.toIntExact(whole));
                addPartOfDays(fraction, 30);
            }
            case YEAR -> addYears(whole, fraction, 1);
            case DECADE -> addYears(whole, fraction, 10);
            case CENTURY -> addYears(whole, fraction, 100);
            case MILLENNIUM -> addYears(whole, fraction, 1000);
            case UNCOUNTABLE -> throw new ArithmeticException("no number has this unit");
        }
    }

    private void addTime(long whole, double fraction, long scale) {
        micros = Math.addExact(micros, Math.multiplyExact(whole, scale));
        addMicros(fraction, scale);
    }

    /** Rounds to microseconds, halves towards zero. */
    private void addMicros(double fraction, long scale) {
        double exact = fraction * scale;
        long whole = (long) exact;
        double rest = exact - whole;
        long carry = rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0;
        micros = Math.addExact(micros, whole + carry);
    }

    private void addDays(long whole, int scale) {
        days = Math.addExact(days, Math.multiplyExact(Math.toIntExact(whole), scale));
    }

    private void addPartOfDays(double fraction, int scale) {
        double exact = fraction * scale;
        int whole = (int) exact;
        days = Math.addExact(days, whole);
        addMicros(exact - whole, DAY_MICROS);
    }

    private void addYears(long whole, double fraction, int scale) {
        years = Math.addExact(years, Math.multiplyExact(Math.toIntExact(whole), scale));
        months = Math.addExact(months, (int) Math.rint(fraction * scale * YEAR_MONTHS));
    }

    @Override
    public boolean setTime(IntervalTime time, boolean negative) {
        try {
            long whole = Math.addExact(time.micros(), Math.multiplyExact(time.hours(), HOUR_MICROS));
            long size = Math.addExact(whole, time.minutes() * MINUTE_MICROS + time.seconds() * SECOND_MICROS);
            micros = negative || allNegative ? -size : size;
            return true;
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    @Override
    public void settle() {
        // Nothing is left open.
    }

    @Override
    public boolean negate() {
        boolean fits = micros != Long.MIN_VALUE
                && days != Integer.MIN_VALUE
                && months != Integer.MIN_VALUE
                && years != Integer.MIN_VALUE;
        micros = -micros;
        days = -days;
        months = -months;
        years = -years;
        return fits;
    }

    @Override
    public IntervalResult result() {
        long total = (long) years * YEAR_MONTHS + months;
        return total == (int) total ? new IntervalResult.Span((int) total, days, micros) : new IntervalResult.Refused();
    }
}
