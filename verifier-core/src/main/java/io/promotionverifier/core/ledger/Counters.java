package io.promotionverifier.core.ledger;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.UnverifiableReason;
import java.util.EnumMap;
import java.util.Map;

/** The running counters of one promotion. Confined to the thread that walks the line. */
public final class Counters {
    private long matched;
    private long absent;
    private long superseded;
    private final Map<MismatchKind, Long> mismatched;
    private final Map<ExplainedReason, Long> explained;
    private final Map<UnverifiableReason, Long> unverifiable;
    private final Map<Operation, Long> skipped;
    private final Map<Operation, Long> operations;
    private long backfill;
    private long reread;
    private final Breakdown breakdown;

    /** @param breakdown where each outcome is counted once more, by who wrote it */
    public Counters(Counts from, Breakdown breakdown) {
        this.breakdown = breakdown;
        matched = from.matched();
        absent = from.absent();
        superseded = from.superseded();
        mismatched = new EnumMap<>(from.mismatched());
        explained = new EnumMap<>(from.explained());
        unverifiable = new EnumMap<>(from.unverifiable());
        skipped = new EnumMap<>(from.skipped());
        operations = new EnumMap<>(from.operations());
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
            add(mismatched, m.kind());
            breakdown.count(author, Share.MISMATCHED);
        } else if (outcome instanceof Outcome.Explained e) {
            add(explained, e.reason());
            breakdown.count(author, Share.EXPLAINED);
        } else if (outcome instanceof Outcome.Unverifiable u) {
            add(unverifiable, u.reason());
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
        add(skipped, addOperation(author));
        breakdown.count(author, Share.SKIPPED);
    }

    private Operation addOperation(Author author) {
        Operation operation = author.operation().orElseThrow();
        add(operations, operation);
        return operation;
    }

    /** Counts a row change, as it is seen, among those that are told apart from the others. */
    public void tellApart(Origin origin, Reread sides) {
        backfill += origin == Origin.BACKFILL ? 1 : 0;
        reread += sides == Reread.NONE ? 0 : 1;
    }

    private static <K extends Enum<K>> void add(Map<K, Long> counts, K key) {
        counts.merge(key, 1L, Long::sum);
    }

    /** The counts of now. */
    public Counts counts() {
        return new Counts(
                matched,
                absent,
                mismatched,
                superseded,
                explained,
                unverifiable,
                skipped,
                operations,
                new Counts.Apart(backfill, reread));
    }
}
