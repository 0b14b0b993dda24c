package io.promotionverifier.topics.decode;

import java.util.HashSet;
import java.util.Set;

/**
 * What of one partition has been seen, to drop what the connector delivers again after it was restarted: Kafka Connect
 * promises at least once. Confined to the reader's thread.
 *
 * <p>In one run of a connector {@code lastCommit} never goes back, so a record below the greatest one seen is a
 * repetition. At the same {@code lastCommit} a restart may give its next transaction that of the one before; so there
 * transactions are remembered, and inside of one the log position, which only grows; and at one position, which the
 * rows of one log record share, operation and key.
 */
public final class Redelivery {
    private Place last;
    private final Set<Long> transactions = new HashSet<>();
    private final Set<String> identities = new HashSet<>();

    /** @param passed what comes with an earlier last commit had been seen before; 0 where nothing is known of before */
    public Redelivery(long passed) {
        last = Place.ofPassed(passed);
    }

    /** True for a record that has not been seen; remembers it. */
    public boolean isNew(Place place, String identity) {
        int order = Long.compare(place.lastCommit(), last.lastCommit());
        if (order < 0) {
            return false;
        }
        if (order > 0) {
            transactions.clear();
            return begin(place, identity);
        }
        if (place.transaction() != last.transaction()) {
            return !transactions.contains(place.transaction()) && begin(place, identity);
        }
        if (place.lsn() < last.lsn()) {
            return false;
        }
        if (place.lsn() > last.lsn()) {
            return begin(place, identity);
        }
        return identities.add(identity);
    }

    private boolean begin(Place place, String identity) {
        last = place;
        transactions.add(place.transaction());
        identities.clear();
        return identities.add(identity);
    }
}
