package io.promotionverifier.core.compare.datetime;

/** The sum of PostgreSQL 14: each part in 32 bits, which wrap, and fractions rounded where they arise. */
final class OldIntervalSum implements IntervalSum {
    private static final int SECOND_MICROS = 1_000_000;
    private static final int DAY_SECONDS = 86_400;
    private static final int YEAR_MONTHS = 12;

    private final boolean allNegative;
    private int years;
    private int months;
    private int days;
    private int hours;
    private int minutes;
    private int seconds;
    private int micros;
    private boolean isUnsure;

    OldIntervalSum(boolean allNegative) {
        this.allNegative = allNegative;
    }

    @Override
    public boolean add(IntervalUnit unit, long number, double fraction) {
        int whole = (int) number;
        switch (unit) {
            case MICROSECOND -> addMicros(Math.rint(whole + fraction));
            case MILLISECOND -> {
                seconds += whole / 1000;
                addMicros(Math.rint((whole % 1000 + fraction) * 1000));
            }
            case SECOND -> {
                seconds += whole;
                addMicros(Math.rint(fraction * SECOND_MICROS));
            }
            case MINUTE -> {
                minutes += whole;
                addSeconds(fraction, 60);
            }
            case HOUR -> {
                hours += whole;
                addSeconds(fraction, 3600);
            }
            case DAY -> {
                days += whole;
                addSeconds(fraction, DAY_SECONDS);
            }
            case WEEK -> {
                days += whole * 7;
                addDays(fraction, 7);
            }
            case MONTH -> {
                months += whole;
                addDays(fraction, 30);
            }
            case YEAR -> addYears(whole, fraction, 1);
            case DECADE -> addYears(whole, fraction, 10);
            case CENTURY -> addYears(whole, fraction, 100);
            case MILLENNIUM -> addYears(whole, fraction, 1000);
            case UNCOUNTABLE -> {
                return false;
            }
        }
        return true;
    }

    private void addMicros(double more) {
        micros = toInt(micros + more);
    }

    private void addSeconds(double fraction, int scale) {
        double exact = fraction * scale;
        int whole = (int) exact;
        seconds += whole;
        addMicros(Math.rint((exact - whole) * SECOND_MICROS));
    }

    private void addDays(double fraction, int scale) {
        double exact = fraction * scale;
        int whole = (int) exact;
        days += whole;
        addSeconds(exact - whole, DAY_SECONDS);
    }

    private void addYears(int whole, double fraction, int scale) {
        years += whole * scale;
        months = toInt(months + fraction * YEAR_MONTHS * scale);
    }

    /** What C makes of a number beyond 32 bits depends on the processor. */
    private int toInt(double number) {
        isUnsure |= number >= Integer.MAX_VALUE + 1.0 || number <= Integer.MIN_VALUE - 1.0;
        return (int) number;
    }

    @Override
    public boolean setTime(IntervalTime time, boolean negative) {
        int sign = negative ? -1 : 1;
        hours = sign * (int) time.hours();
        minutes = sign * time.minutes();
        seconds = sign * time.seconds();
        micros = sign * time.micros();
        return true;
    }

    @Override
    public void settle() {
        int carry = micros / SECOND_MICROS;
        micros -= carry * SECOND_MICROS;
        seconds += carry;
        if (allNegative) {
            micros = -Math.abs(micros);
            seconds = -Math.abs(seconds);
            minutes = -Math.abs(minutes);
            hours = -Math.abs(hours);
            days = -Math.abs(days);
            months = -Math.abs(months);
            years = -Math.abs(years);
        }
    }

    @Override
    public boolean negate() {
        micros = -micros;
        seconds = -seconds;
        minutes = -minutes;
        hours = -hours;
        days = -days;
        months = -months;
        years = -years;
        return true;
    }

    @Override
    public IntervalResult result() {
        if (isUnsure) {
            return new IntervalResult.Unsure();
        }
        long total = (long) years * YEAR_MONTHS + months;
        long time = ((hours * 60L + minutes) * 60 + seconds) * SECOND_MICROS + micros;
        return total == (int) total ? new IntervalResult.Span((int) total, days, time) : new IntervalResult.Refused();
    }
}
