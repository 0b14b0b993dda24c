package io.promotionverifier.topics.decode;

import java.util.Comparator;

/**
 * Where a record stands in the order in which the connector saw it, over all its topics.
 *
 * @param lastCommit the end of the last commit, or of the last non-transactional message, that the connector passed
 *     before it ({@code source.sequence[0]}); 0 before the first: it only grows, and a transaction has one
 * @param message true for a non-transactional message, whose own position is its {@code lastCommit}: it comes before
 *     the rows that follow it
 * @param micros the commit time in microseconds since 1970; tells apart only what a restart of the connector gave one
 *     {@code lastCommit}
 * @param transaction the transaction's id; 0 for a non-transactional message
 * @param lsn the record's own position: grows inside a transaction, and goes backwards between transactions
 */
public record Place(long lastCommit, boolean message, long micros, long transaction, long lsn)
        implements Comparable<Place> {
    /** Before everything. */
    public static final Place START = new Place(Long.MIN_VALUE, true, 0, 0, 0);

    private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::lastCommit)
            .thenComparing(Place::message, Comparator.reverseOrder())
            .thenComparingLong(Place::micros)
            .thenComparingLong(Place::transaction)
            .thenComparingLong(Place::lsn);

    /** The place of a non-transactional message. */
    public static Place ofMessage(long lsn) {
        return new Place(lsn, true, 0, 0, lsn);
    }

    /** The place before all with this last commit. */
    static Place ofPassed(long lastCommit) {
        return new Place(lastCommit, true, 0, 0, -1);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** The later of two. */
    public Place max(Place other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
