package io.promotionverifier.core.stream;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.stream.ResumePoint.Closed;
import io.promotionverifier.core.stream.ResumePoint.Partial;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns arrivals into row changes that know their place in their transaction, each exactly once over all restarts.
 * Confined to the thread that walks the line.
 *
 * <p>A row is passed on when the next arrival shows whether it was the last of its transaction, so one row is always
 * held back; it counts as not folded. The end of a transaction shows in the next transaction's id or in a mark whose
 * last commit differs from the one that the transaction's rows carried. The rules are those of the checkpoint protocol,
 * sections 4 and 5: transactions are recognised by id and first row, never by comparing row LSNs, which go backwards.
 */
public final class TransactionTracker {
    private Optional<Closed> last;
    private Lsn watermark;
    private Optional<Partial> awaited;
    private boolean skipping;
    private boolean lastSeen;
    private Optional<Open> open = Optional.empty();
    private Optional<Arrival.Row> held = Optional.empty();

    /** The transaction that is being folded. */
    private static final class Open {
        private final long transaction;
        private final Lsn firstRow;
        private final Optional<Lsn> lastCommit;
        private long arrived;
        private long folded;
        private long alreadyFolded;

        Open(Arrival.Row first) {
            transaction = first.transaction();
            firstRow = first.lsn();
            lastCommit = first.lastCommit();
        }
    }

    /**
     * A tracker that goes on where a checkpoint ended.
     *
     * @param from the checkpoint's resume point
     * @param confirmed the slot's confirmed position: the stream starts there, with whole transactions
     */
    public TransactionTracker(ResumePoint from, Lsn confirmed) {
        this.last = from.last();
        this.watermark = from.watermark();
        this.awaited = from.partial();
        this.skipping = last.isPresent() && confirmed.compareTo(last.get().end()) < 0;
    }

    /**
     * Takes one arrival and passes on the row changes that it completes, in order.
     *
     * @throws RedeliveryException if a transaction that must come again does not
     */
    public void arrive(Arrival arrival, Consumer<RowChange> next) {
        if (arrival instanceof Arrival.Row row) {
            row(row, next);
        } else {
            mark(arrival, next);
        }
        advance(arrival.lastCommit());
    }

    private void row(Arrival.Row row, Consumer<RowChange> next) {
        if (skipping && isFolded(row)) {
            return;
        }
        skipping = false;
        if (open.isPresent() && open.get().transaction != row.transaction()) {
            close(row.lastCommit(), next);
        }
        if (open.isEmpty()) {
            begin(row);
        }
        Open transaction = open.orElseThrow();
        transaction.arrived++;
        if (transaction.arrived <= transaction.alreadyFolded) {
            return;
        }
        release(false, next);
        held = Optional.of(row);
    }

    private boolean isFolded(Arrival.Row row) {
        Closed folded = last.orElseThrow();
        if (row.lastCommit().isPresent() && row.lastCommit().get().compareTo(folded.end()) >= 0) {
            return false;
        }
        if (row.transaction() == folded.transaction()) {
            lastSeen = true;
            return true;
        }
        return !lastSeen;
    }

    private void begin(Arrival.Row first) {
        Open transaction = new Open(first);
        if (awaited.isPresent()) {
            Partial expected = awaited.get();
            if (expected.transaction() != first.transaction()
                    || !expected.firstRow().equals(first.lsn())) {
                throw new RedeliveryException("transaction " + expected.transaction() + " with its first row at "
                        + expected.firstRow() + " was folded in part (" + expected.rows()
                        + " rows) and must come again, but transaction " + first.transaction() + " at " + first.lsn()
                        + " came");
            }
            transaction.alreadyFolded = expected.rows();
            transaction.folded = expected.rows();
            awaited = Optional.empty();
        }
        open = Optional.of(transaction);
    }

    private void mark(Arrival mark, Consumer<RowChange> next) {
        if (skipping) {
            Closed folded = last.orElseThrow();
            skipping = mark.lastCommit().isEmpty() || mark.lastCommit().get().compareTo(folded.end()) < 0;
            return;
        }
        if (open.isPresent()
                && mark.lastCommit().isPresent()
                && !mark.lastCommit().equals(open.get().lastCommit)) {
            close(mark.lastCommit(), next);
        }
    }

    private void close(Optional<Lsn> end, Consumer<RowChange> next) {
        Open closed = open.orElseThrow();
        if (held.isEmpty()) {
            throw new RedeliveryException("transaction " + closed.transaction + " came again with " + closed.arrived
                    + " rows, but " + closed.alreadyFolded + " and at least one more were seen before");
        }
        release(true, next);
        last = Optional.of(new Closed(closed.transaction, end.orElse(watermark)));
        open = Optional.empty();
    }

    private void release(boolean lastOfTransaction, Consumer<RowChange> next) {
        if (held.isEmpty()) {
            return;
        }
        Arrival.Row row = held.get();
        Open transaction = open.orElseThrow();
        Position position = new Position(row.lsn(), row.transaction(), transaction.folded, row.commitTime());
        transaction.folded++;
        held = Optional.empty();
        next.accept(new RowChange(row.event(), position, lastOfTransaction));
    }

    private void advance(Optional<Lsn> lastCommit) {
        if (lastCommit.isPresent()) {
            watermark = watermark.max(lastCommit.get());
        }
    }

    /** Everything committed below it has been folded. */
    public Lsn watermark() {
        return watermark;
    }

    /** Stands where another tracker stood: for a fold that is told again without its arrivals. */
    public void standAt(Lsn place) {
        watermark = place;
    }

    /** How far the stream has been folded, now. */
    public ResumePoint resumePoint() {
        Optional<Partial> partial = open.isEmpty()
                ? awaited
                : open.filter(transaction -> transaction.folded > 0)
                        .map(transaction ->
                                new Partial(transaction.transaction, transaction.firstRow, transaction.folded));
        return new ResumePoint(last, watermark, partial);
    }
}
