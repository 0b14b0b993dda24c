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

    /** The nearest value; halves go away from zero, and beyond 64 bits the sum wraps as the server's does. */
    long round(long micros) {
        return micros >= 0 ? (micros + step / 2) / step * step : -((-micros + step / 2) / step * step);
    }

    /** True when rounding would leave the 64 bits. */
    boolean overflows(long micros) {
        return micros >= 0 ? micros > Long.MAX_VALUE - step / 2 : micros < Long.MIN_VALUE + step / 2;
    }
}
