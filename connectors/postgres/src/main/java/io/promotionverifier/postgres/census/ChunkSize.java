package io.promotionverifier.postgres.census;

import java.time.Duration;

/** How many rows a chunk has, so that reading it takes about as long as it should. Confined to one thread. */
final class ChunkSize {
    static final int FEWEST = 100;
    static final int MOST = 50_000;

    private static final Duration AIM = Duration.ofMillis(150);
    private static final int FIRST = 1_000;
    private static final int STEP = 4;

    private final int most;
    private int rows;

    ChunkSize() {
        this(MOST);
    }

    /** @param most never more rows than this */
    ChunkSize(int most) {
        this.most = most;
        rows = Math.min(FIRST, most);
    }

    int rows() {
        return rows;
    }

    /** A chunk of this many rows was read in this time: the next takes about the time aimed at. */
    void took(int read, Duration time) {
        long nanos = Math.max(1, time.toNanos());
        long fitting = Math.max(1, read) * AIM.toNanos() / nanos;
        rows = clamp(Math.min(fitting, (long) rows * STEP));
    }

    /** A chunk took too long. */
    void tooLarge() {
        rows = clamp(rows / STEP);
    }

    private int clamp(long wanted) {
        return (int) Math.min(most, Math.max(FEWEST, wanted));
    }
}
