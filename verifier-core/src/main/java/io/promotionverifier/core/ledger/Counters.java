package io.promotionverifier.core.ledger;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.UnverifiableReason;

/** The running counters of one promotion. Confined to the thread that walks the line. */
public final class Counters {
    private long matched;
    private long absent;
    private long superseded;
    private final CountsOf<MismatchKind> mismatched;
    private final CountsOf<ExplainedReason> explained;
    private final CountsOf<UnverifiableReason> unverifiable;
    private final CountsOf<Operation> skipped;
    private final CountsOf<Operation> operations;
    private long backfill;
    private long reread;
    private final Breakdown breakdown;

    /** @param breakdown where each outcome is counted once more, by who wrote it */
    public Counters(Counts from, Breakdown breakdown) {
        this.breakdown = breakdown;
        matched = from.matched();
        absent = from.absent();
        superseded = from.superseded();
        mismatched = new CountsOf<>(MismatchKind.class, from.mismatched());
        explained = new CountsOf<>(ExplainedReason.class, from.explained());
        unverifiable = new CountsOf<>(UnverifiableReason.class, from.unverifiable());
        skipped = new CountsOf<>(Operation.class, from.skipped());
        operations = new CountsOf<>(Operation.class, from.operations());
        backfill = from.apart().backfill();
        reread = from.apart().reread();
    }

    /** Counts one row change with its outcome. */
    public void count(Author author, Outcome outcome) {
        addOperation(author);
        if (outcome instanceof Outcome.Matched) {
            matched++;
            breakdown.count(author, Share.MATCHED);
        } else if (outcome instanceof Outcome.Absent) {
            absent++;
            breakdown.count(author, Share.ABSENT);
        } else if (outcome instanceof Outcome.Mismatched m) {
            mismatched.add(m.kind(), 1);
            breakdown.count(author, Share.MISMATCHED);
        } else if (outcome instanceof Outcome.Explained e) {
            explained.add(e.reason(), 1);
            breakdown.count(author, Share.EXPLAINED);
        } else if (outcome instanceof Outcome.Unverifiable u) {
            unverifiable.add(u.reason(), 1);
            breakdown.count(author, Share.UNVERIFIABLE);
        }
    }

    /** Counts a mismatched version that was overwritten, re-keyed or deleted in its own transaction. */
    public void countSuperseded(Author author) {
        addOperation(author);
        superseded++;
        breakdown.count(author, Share.SUPERSEDED);
    }

    /** Counts a DELETE or TRUNCATE. */
    public void countSkipped(Author author) {
        skipped.add(addOperation(author), 1);
        breakdown.count(author, Share.SKIPPED);
    }

    private Operation addOperation(Author author) {
        Operation operation = author.operation().orElseThrow();
        operations.add(operation, 1);
        return operation;
    }

    /** Counts a row change, as it is seen, among those that are told apart from the others. */
    public void tellApart(Origin origin, Reread sides) {
        backfill += origin == Origin.BACKFILL ? 1 : 0;
        reread += sides == Reread.NONE ? 0 : 1;
    }

    /**
     * Row changes that have an outcome by now, as {@link Counts#changes} tells: cheap enough to be asked at any time.
     */
    public long changes() {
        return operations.sum();
    }

    /**
     * Row changes so far of which nobody knows whether they agree, because they could not be judged or are explained.
     */
    public long doubts() {
        return unverifiable.sum() + explained.sum();
    }

    /** The counts of now. */
    public Counts counts() {
        return new Counts(
                matched,
                absent,
                mismatched.map(),
                superseded,
                explained.map(),
                unverifiable.map(),
                skipped.map(),
                operations.map(),
                new Counts.Apart(backfill, reread));
    }
}
