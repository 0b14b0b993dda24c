package io.promotionverifier.core.stream;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * What the source shows, in the order in which it shows it: whole transactions in commit order, and marks between them.
 *
 * <p>{@code lastCommit} is the end of the last commit (or non-transactional message) that the decoder passed before it,
 * captured or not; absent until it passed one since it started. Everything below it has been shown. It is Debezium's
 * {@code lsn_commit}; see reference "checkpoint protocol", section 4.
 */
public sealed interface Arrival {
    /** The end of the last commit before this arrival. */
    Optional<Lsn> lastCommit();

    /**
     * One row of a committed transaction.
     *
     * @param transaction the transaction's id
     * @param lsn the row's own LSN
     * @param commitTime when the transaction committed
     * @param event what happened
     */
    record Row(long transaction, Lsn lsn, Optional<Lsn> lastCommit, Instant commitTime, RowEvent event)
            implements Arrival {
        /** The same row with another event. */
        public Row with(RowEvent replaced) {
            return new Row(transaction, lsn, lastCommit, commitTime, replaced);
        }
    }

    /** A sign that the decoder passed everything up to {@code lastCommit}, without a time of its own. */
    record Mark(Optional<Lsn> lastCommit) implements Arrival {}

    /**
     * Our own message through the log.
     *
     * @param lsn the end of the message: everything below it has been shown
     * @param time the server's clock when the message was written
     */
    record Heartbeat(Lsn lsn, Instant time) implements Arrival {
        @Override
        public Optional<Lsn> lastCommit() {
            return Optional.of(lsn);
        }
    }
}
