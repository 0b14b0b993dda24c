package io.promotionverifier.app.daemon;

import java.time.Duration;

/**
 * How long the census rests: as long as it was held up, because then others need the server. What it takes when nobody
 * does is told by its own best pace. Confined to the census' thread.
 */
final class Courtesy {
    private static final double NANOS = 1e9;

    private double bestRowsPerSecond;

    /** Another table, another pace. */
    void forget() {
        bestRowsPerSecond = 0;
    }

    /** The rest after so many rows: none at the best pace, and never longer than it took to read them. */
    Duration owed(long rows, Duration took) {
        double seconds = Math.max(1, took.toNanos()) / NANOS;
        bestRowsPerSecond = Math.max(bestRowsPerSecond, rows / seconds);
        double undisturbed = bestRowsPerSecond == 0 ? 0 : rows / bestRowsPerSecond;
        return Duration.ofNanos((long) ((seconds - undisturbed) * NANOS));
    }
}
