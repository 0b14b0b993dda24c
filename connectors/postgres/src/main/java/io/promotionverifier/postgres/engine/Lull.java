package io.promotionverifier.postgres.engine;

import java.util.function.LongSupplier;

/**
 * How long the reading thread lets the stream be after it looked in vain: an eighth of the silence so far, so that a
 * message is seen after at most an eighth more, and 64 ms at most. Without it pgjdbc looks five hundred times a second
 * while the source is idle. The wait is between two looks and not inside one: the driver holds its lock while it looks,
 * and who confirms a position needs that lock (ADR 0027). Confined to the reading thread.
 */
final class Lull {
    private static final int SHARE = 8;
    private static final long SHORTEST_NANOS = 1_000_000;
    private static final long LONGEST_NANOS = 64_000_000;

    private final LongSupplier nanoTime;
    private long heard;

    Lull(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.heard = nanoTime.getAsLong();
    }

    /** A message came. */
    void ends() {
        heard = nanoTime.getAsLong();
    }

    /** What to wait before the next look, in nanoseconds; zero while the silence is young. */
    long nanos() {
        long share = (nanoTime.getAsLong() - heard) / SHARE;
        return share < SHORTEST_NANOS ? 0 : Math.min(LONGEST_NANOS, share);
    }
}
