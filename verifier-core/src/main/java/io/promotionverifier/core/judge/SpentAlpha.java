package io.promotionverifier.core.judge;

import java.time.Duration;

/**
 * How the accepted probability of a false abort is spent: one half on all rows since the evidence began, the other half
 * in equal parts on the hours of the window, each of which is tested by itself. So a writer that turns bad late is
 * caught as fast as on the first day, however many good rows lie before.
 *
 * <p>The weighted sum of the tests is a mixture of non-negative martingales that starts at 1; leaving some of its terms
 * out only lowers it. The probability that it ever reaches 1/alpha within one window length is at most alpha. See ADR
 * 0006.
 *
 * @param alpha the probability, above 0 and below 1
 * @param window the length over which it is spent
 */
record SpentAlpha(double alpha, Duration window) {
    private static final double HALF = 0.5;

    /** The part of the evidence of all rows in the sum. */
    double ofAll(double evidence) {
        return HALF * evidence;
    }

    /** The part of one hour's evidence in the sum. */
    double ofHour(double evidence) {
        return HALF * evidence / Math.max(1, window.toHours());
    }

    /** Whether a sum of parts is enough to give up the hypothesis. */
    boolean isEnough(double sum) {
        return sum >= 1 / alpha;
    }
}
