package io.promotionverifier.core.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which transactions a reader saw: what {@code pg_current_snapshot()} says.
 *
 * <p>Transactions of the stream have 32-bit ids, those of a snapshot 64: an id is read as the one nearest to
 * {@code xmax}, which is right as long as two transactions that are compared lie less than 2^31 apart, and PostgreSQL
 * itself stops before they do not.
 *
 * @param xmin every transaction below had ended
 * @param xmax no transaction from here on had ended
 * @param running those between that had not
 */
public record TransactionSnapshot(long xmin, long xmax, Set<Long> running) {
    private static final long LOW = 0xFFFF_FFFFL;
    private static final long HALF = 1L << 31;

    public TransactionSnapshot {
        running = Set.copyOf(running);
    }

    /**
     * Reads PostgreSQL's own form, {@code xmin:xmax:xip,xip}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static TransactionSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a snapshot: " + text);
        }
        List<Long> running = new ArrayList<>();
        for (String id : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
            running.add(Long.parseLong(id));
        }
        return new TransactionSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Set.copyOf(running));
    }

    /** True when the reader saw what this transaction did, if it committed. */
    public boolean sees(long transaction) {
        long full = nearest(transaction);
        return full < xmin || (full < xmax && !running.contains(full));
    }

    /** True when this transaction and all before it had ended. */
    public boolean isPast(long transaction) {
        return nearest(transaction) < xmin;
    }

    /** The 64-bit id of a transaction whose row version the reader saw, so that it lies below {@code xmax}. */
    public long seen(long transaction) {
        long full = (xmax & ~LOW) | (transaction & LOW);
        return full < xmax ? full : full - LOW - 1;
    }

    private long nearest(long transaction) {
        long full = (xmax & ~LOW) | (transaction & LOW);
        if (full - xmax > HALF) {
            return full - LOW - 1;
        }
        return xmax - full > HALF ? full + LOW + 1 : full;
    }

    /** The later of two transaction ids as the server counts them: around and around. */
    public static long later(long one, long other) {
        return (int) (one - other) >= 0 ? one : other;
    }
}
