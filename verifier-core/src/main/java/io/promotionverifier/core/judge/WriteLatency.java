package io.promotionverifier.core.judge;

import java.time.Duration;

/**
 * How long the application's writes took, as someone measured it: the verifier does not see them.
 *
 * @param measure which figure
 * @param value the figure
 * @param window the span it was measured over
 */
public record WriteLatency(Measure measure, Duration value, Duration window) {
    /** What a figure says. */
    public enum Measure {
        /** The 99th percentile, as an application's monitoring tells it. */
        P99,
        /** The mean, as pg_stat_statements tells it. */
        MEAN
    }
}
