package io.promotionverifier.core.promotion;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When slow dual-writing aborts a promotion.
 *
 * @param p99 the highest tolerable 99th percentile of convergence: the time between the two halves of a split write
 * @param over the span that is looked at
 * @param minimumSamples samples in the span below which nothing is decided, at least 1
 * @param applicationP99 the highest tolerable 99th percentile of the application's own writes; absent without limit
 * @param applicationOverBaseline how much slower than in phase A the application's writes may become, as a fraction;
 *     absent without limit
 */
public record LatencyPolicy(
        Duration p99,
        Duration over,
        long minimumSamples,
        Optional<Duration> applicationP99,
        OptionalDouble applicationOverBaseline) {
    public LatencyPolicy {
        if (minimumSamples < 1) {
            throw new IllegalArgumentException("minimumSamples is at least 1");
        }
    }
}
