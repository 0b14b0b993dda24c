package io.promotionverifier.postgres.engine;

import io.promotionverifier.core.change.Lsn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides which record may be marked as processed: of those that the checkpoint <em>before</em> the last one covered,
 * the one that confirms most. So even a checkpoint that Kafka loses again can be derived anew from the log.
 *
 * <p>Holds one record for each commit shown since the last checkpoint but one: bounded, because a checkpoint is due
 * after a fixed number of row changes. Safe for use by many threads.
 *
 * @param <R> what is marked
 */
final class LateConfirmation<R> {
    private final Deque<Candidate<R>> candidates = new ArrayDeque<>();
    private Optional<Lsn> previous = Optional.empty();
    private Optional<R> ready = Optional.empty();

    private record Candidate<R>(Lsn confirms, R record) {}

    /**
     * A record was shown.
     *
     * @param confirms what marking it would confirm, its {@code lsn_commit}: never a record without one, for it would
     *     confirm its own row
     */
    synchronized void shown(Lsn confirms, R record) {
        Candidate<R> last = candidates.peekLast();
        if (last == null || last.confirms().compareTo(confirms) < 0) {
            candidates.addLast(new Candidate<>(confirms, record));
        }
    }

    /** A checkpoint with this watermark is durable. */
    synchronized void checkpointCommitted(Lsn watermark) {
        previous.ifPresent(this::release);
        previous = Optional.of(previous.map(watermark::max).orElse(watermark));
    }

    private void release(Lsn durable) {
        while (!candidates.isEmpty() && candidates.getFirst().confirms().compareTo(durable) <= 0) {
            ready = Optional.of(candidates.removeFirst().record());
        }
    }

    /** The record to mark now, once; absent if nothing more may be confirmed. */
    synchronized Optional<R> take() {
        Optional<R> taken = ready;
        ready = Optional.empty();
        return taken;
    }
}
