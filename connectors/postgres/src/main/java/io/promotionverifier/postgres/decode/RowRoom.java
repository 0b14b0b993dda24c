package io.promotionverifier.postgres.decode;

/**
 * How much of one row is taken into memory, from the stream or from a SELECT; see ADR 0018. Values that would not fit
 * are left out and marked.
 */
public final class RowRoom {
    /** A value is held up to five times at once: as message, as bytes, as characters, in the queue and in the batch. */
    private static final int PARTS = 32;

    private static final int ROWS_IN_ROOM = 4;

    private RowRoom() {}

    /** About how many bytes of one value are kept on this heap when so many rows travel at once. */
    public static int mostBytesAmong(int rows) {
        return Math.max(1, mostBytes() / Math.max(1, rows / ROWS_IN_ROOM));
    }

    /** About how many bytes of one row are kept on this heap. */
    public static int mostBytes() {
        return (int) Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / PARTS);
    }
}
