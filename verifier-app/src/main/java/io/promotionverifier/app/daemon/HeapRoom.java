package io.promotionverifier.app.daemon;

import io.promotionverifier.core.settle.Room;

/**
 * How much room for rows that disagree the heap of this process has: what collectors give to old objects, which is two
 * thirds, less what the daemon needs for itself. ADR 0030 has the figures.
 */
public final class HeapRoom {
    private static final long MEGABYTE = 1 << 20;

    /** Live objects, the queue of the engine, the buffers of the clients. */
    private static final long OWN = 88 * MEGABYTE;

    private static final long USUAL_ROW = 1_500;

    private static final long LEAST = 4 * MEGABYTE;

    private HeapRoom() {}

    /** The room in this heap. */
    public static Room.Size size() {
        return of(Runtime.getRuntime().maxMemory());
    }

    /** About how many rows that is, with keys and values of a usual length. */
    public static long rows() {
        return Math.min(Room.MOST_ROWS, size().bytes() / USUAL_ROW);
    }

    static Room.Size of(long heapBytes) {
        return new Room.Size(Room.MOST_ROWS, Math.max(LEAST, heapBytes / 3 * 2 - OWN));
    }

    /**
     * What a state may take that this heap goes on from: more than it could have written, for collectors count a heap
     * differently and a row that is known may grow.
     */
    public static long mostBytes() {
        return size().bytes() / 4 * 5;
    }
}
