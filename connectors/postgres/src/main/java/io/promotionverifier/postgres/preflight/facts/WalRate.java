package io.promotionverifier.postgres.preflight.facts;

import java.time.Duration;

/**
 * How much log the server wrote.
 *
 * @param bytes since the statistics were reset
 * @param over since when: how long ago they were reset
 */
public record WalRate(double bytes, Duration over) {
    private static final double MILLIS_AN_HOUR = 3_600_000;
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    /** True if the time is long enough to tell a rate. */
    public boolean telling() {
        return over.compareTo(SHORTEST) >= 0;
    }

    /** Bytes an hour, on the average. */
    public double bytesPerHour() {
        return bytes * MILLIS_AN_HOUR / (double) over.toMillis();
    }
}
