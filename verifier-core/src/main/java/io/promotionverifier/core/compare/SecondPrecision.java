package io.promotionverifier.core.compare;

import java.util.OptionalInt;

/**
 * The digits after the second that a type keeps.
 *
 * @param step the microseconds between two values that it can hold
 */
record SecondPrecision(long step) {
    private static final int MOST = 6;

    /** The declared precision, or microseconds without one. */
    static SecondPrecision of(OptionalInt digits) {
        return new SecondPrecision((long) Math.pow(10, MOST - Math.min(digits.orElse(MOST), MOST)));
    }

    /** The nearest value; halves go away from zero. Wraps beyond 64 bits. */
    long round(long micros) {
        return (micros >= 0 ? micros + step / 2 : micros - step / 2) / step * step;
    }

    /** As servers before 17 round an interval: the sign is turned first, so one value wraps that need not. */
    long roundTurned(long micros) {
        return micros >= 0 ? round(micros) : -((-micros + step / 2) / step * step);
    }

    /** True when rounding would leave the 64 bits. */
    boolean overflows(long micros) {
        return micros >= 0 ? micros > Long.MAX_VALUE - step / 2 : micros < Long.MIN_VALUE + step / 2;
    }
}
