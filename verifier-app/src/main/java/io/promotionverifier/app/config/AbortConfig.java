package io.promotionverifier.app.config;

import io.promotionverifier.core.promotion.MismatchRatePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When to abort.
 *
 * @param mismatchRate the limit on mismatching rows
 * @param dualWriteLatency the limits on the latency of dual-writing
 * @param reportDivergenceMaxRows how many rows a report's two sides may differ in
 */
public record AbortConfig(
        MismatchRatePolicy mismatchRate, DualWriteLatency dualWriteLatency, long reportDivergenceMaxRows) {

    /**
     * The limits on the latency of dual-writing.
     *
     * @param p99 the highest tolerable 99th percentile of convergence
     * @param over the span that is looked at
     * @param minimumSamples below which nothing is decided
     * @param applicationP99 the highest tolerable 99th percentile of the application's own writes, if there is a limit
     * @param applicationOverBaseline how much slower than in phase A they may become, as a fraction, if there is a
     *     limit
     */
    public record DualWriteLatency(
            Duration p99,
            Duration over,
            long minimumSamples,
            Optional<Duration> applicationP99,
            OptionalDouble applicationOverBaseline) {}
}
