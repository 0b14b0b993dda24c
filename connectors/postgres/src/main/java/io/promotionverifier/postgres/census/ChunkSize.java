package io.promotionverifier.postgres.census;

import java.time.Duration;

/** How many blocks a chunk has, so that reading it takes about as long as it should. Confined to one thread. */
final class ChunkSize {
    private static final long FEWEST = 1;

    /** A gigabyte. */
    private static final long MOST = 131_072;

    private static final Duration AIM = Duration.ofMillis(500);
    private static final long FIRST = 256;
    private static final int STEP_UP = 16;
    private static final int STEP_DOWN = 8;

    private final long most;
    private long blocks;

    ChunkSize() {
        this(MOST);
    }

    /** @param most never more blocks than this */
    ChunkSize(long most) {
        this.most = most;
        blocks = Math.min(FIRST, most);
    }

    long blocks() {
        return blocks;
    }

    boolean canShrink() {
        return blocks > FEWEST;
    }

    /** A chunk of this many blocks was read in this time: the next takes about the time aimed at. */
    void took(long read, Duration time) {
        long nanos = Math.max(1, time.toNanos());
        long fitting = Math.max(1, read) * AIM.toNanos() / nanos;
        blocks = clamp(Math.min(fitting, blocks * STEP_UP));
    }

    /** A chunk took too long, or held too much. */
    void tooLarge() {
        blocks = clamp(blocks / STEP_DOWN);
    }

    private long clamp(long wanted) {
        return Math.min(most, Math.max(FEWEST, wanted));
    }
}
