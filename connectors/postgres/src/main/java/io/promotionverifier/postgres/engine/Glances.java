package io.promotionverifier.postgres.engine;

/**
 * How long the driver waits when it looks whether a message has come. pgjdbc always says a millisecond, some five
 * hundred times a second while the source is idle. Here each look in vain makes the next one longer; a message ends any
 * look at once, so none is seen later than before. Confined to the connection's reading thread.
 */
final class Glances {
    /** What {@code PGStream.hasMessagePending} says, and nobody else. */
    private static final int DRIVERS_MILLIS = 1;

    private static final int LONGEST_MILLIS = 100;

    private int next = DRIVERS_MILLIS;
    private long heard;

    /**
     * The time-out to set, in milliseconds.
     *
     * @param asked what the driver asks for
     * @param messages how many have come so far
     */
    int millis(int asked, long messages) {
        if (asked != DRIVERS_MILLIS) {
            return asked;
        }
        int millis = messages == heard ? next : DRIVERS_MILLIS;
        next = Math.min(LONGEST_MILLIS, 2 * millis);
        heard = messages;
        return millis;
    }
}
