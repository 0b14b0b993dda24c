package io.promotionverifier.postgres.reread;

import java.util.HashSet;
import java.util.Set;

/**
 * Which transactions a look at the database sees: what {@code pg_current_snapshot()} says.
 *
 * @param end the first id, of 64 bits, that was not yet completed
 * @param running ids below it that were still running
 */
record VisibleTransactions(long end, Set<Long> running) {
    private static final long WRAP = 1L << 32;

    /** Reads {@code xmin:xmax:xip,xip}. */
    static VisibleTransactions parse(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        Set<Long> running = new HashSet<>();
        for (String id : parts[2].split(",", -1)) {
            if (!id.isEmpty()) {
                running.add(Long.parseUnsignedLong(id));
            }
        }
        return new VisibleTransactions(Long.parseUnsignedLong(parts[1]), running);
    }

    /** True if a transaction of which only the lower 32 bits are known, and which has committed, is seen. */
    boolean sees(long transaction) {
        long full = (end & -WRAP) | (transaction & (WRAP - 1));
        if (full - end > WRAP / 2) {
            full -= WRAP;
        } else if (end - full > WRAP / 2) {
            full += WRAP;
        }
        return full < end && !running.contains(full);
    }
}
