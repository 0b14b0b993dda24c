package io.promotionverifier.core.judge;

import java.time.Duration;

/**
 * Distinct rows confirmed over distinct rows settled, in one span of stream time.
 *
 * @param confirmedRows rows whose mismatch was confirmed
 * @param settledRows rows that matched, converged or were confirmed
 * @param over the span
 */
public record WindowRate(long confirmedRows, long settledRows, Duration over) {
    /** The rate from 0 to 1; absent without a settled row. */
    public java.util.OptionalDouble value() {
        return settledRows == 0
                ? java.util.OptionalDouble.empty()
                : java.util.OptionalDouble.of(Math.min(1, (double) confirmedRows / settledRows));
    }
}
