package io.promotionverifier.core.promotion;

import java.time.Duration;

/**
 * When the rate of mismatching rows aborts a promotion.
 *
 * @param maximum the highest tolerable rate, from 0 to 1, exclusive
 * @param mode how the observed rate is held against the maximum
 * @param alpha for {@code SEQUENTIAL}: the accepted probability of a false abort over the whole window
 * @param minimumRows for {@code STRICT}: settled rows below which nothing is decided
 * @param over the span of the window rate
 */
public record MismatchRatePolicy(double maximum, Mode mode, double alpha, long minimumRows, Duration over) {
    /** The rule that decides. */
    public enum Mode {
        /** An anytime-valid test: right although it is looked at after every row. */
        SEQUENTIAL,
        /** The plain rate after enough rows. */
        STRICT
    }

    public MismatchRatePolicy {
        if (!(maximum > 0 && maximum < 1) || !(alpha > 0 && alpha < 1) || minimumRows < 1) {
            throw new IllegalArgumentException("maximum and alpha lie between 0 and 1, minimumRows is at least 1");
        }
    }
}
