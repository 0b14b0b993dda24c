package io.promotionverifier.core.ledger;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.UnverifiableReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many row changes of one promotion had which outcome, since setup. Immutable; obeys conservation (DESIGN law 1):
 * {@code changes = matched + absent + mismatched + superseded + explained + unverifiable + skipped}, and the operations
 * add up to the changes too.
 *
 * @param matched both sides held the same value
 * @param absent both sides held none
 * @param mismatched by kind
 * @param superseded mismatched versions that nobody could have read
 * @param explained by reason
 * @param unverifiable by reason
 * @param skipped deletes and truncates
 * @param operations all changes by operation
 * @param apart how many were of a kind of their own
 */
public record Counts(
        long matched,
        long absent,
        Map<MismatchKind, Long> mismatched,
        long superseded,
        Map<ExplainedReason, Long> explained,
        Map<UnverifiableReason, Long> unverifiable,
        Map<Operation, Long> skipped,
        Map<Operation, Long> operations,
        Apart apart) {

    /**
     * Row changes that are told apart from the others, whatever their outcome. Counted as they are seen: a mismatch
     * that waits for the end of its transaction is here before it is in the changes.
     *
     * @param backfill written by a marked backfill
     * @param reread with a side that the log did not carry, taken from a look at the row
     */
    public record Apart(long backfill, long reread) {
        /** None. */
        public static final Apart NONE = new Apart(0, 0);
    }

    /** @throws IllegalStateException if the law does not hold: a bug or a tampered state, never retry */
    public Counts {
        mismatched = complete(MismatchKind.class, mismatched);
        explained = complete(ExplainedReason.class, explained);
        unverifiable = complete(UnverifiableReason.class, unverifiable);
        skipped = complete(Operation.class, skipped);
        operations = complete(Operation.class, operations);
        long outcomes =
                matched + absent + sum(mismatched) + superseded + sum(explained) + sum(unverifiable) + sum(skipped);
        if (outcomes != sum(operations)) {
            throw new IllegalStateException(
                    "conservation is broken: " + sum(operations) + " changes, " + outcomes + " outcomes");
        }
    }

    /** Counts among which nothing is told apart; as for the canonical constructor. */
    public Counts(
            long matched,
            long absent,
            Map<MismatchKind, Long> mismatched,
            long superseded,
            Map<ExplainedReason, Long> explained,
            Map<UnverifiableReason, Long> unverifiable,
            Map<Operation, Long> skipped,
            Map<Operation, Long> operations) {
        this(matched, absent, mismatched, superseded, explained, unverifiable, skipped, operations, Apart.NONE);
    }

    /** Nothing counted yet. */
    public static Counts none() {
        return new Counts(0, 0, Map.of(), 0, Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static <K extends Enum<K>> Map<K, Long> complete(Class<K> type, Map<K, Long> counts) {
        Map<K, Long> all = new EnumMap<>(type);
        for (K constant : type.getEnumConstants()) {
            all.put(constant, counts.getOrDefault(constant, 0L));
        }
        return Collections.unmodifiableMap(all);
    }

    private static long sum(Map<?, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) {
            sum += count;
        }
        return sum;
    }

    /** Committed row changes that have an outcome. */
    public long changes() {
        return sum(operations);
    }

    /** Mismatched row changes of all kinds. */
    public long mismatches() {
        return sum(mismatched);
    }

    /** Explained row changes of all reasons. */
    public long explanations() {
        return sum(explained);
    }

    /** Row changes that could not be judged, of all reasons. */
    public long unverifiables() {
        return sum(unverifiable);
    }

    /** Deletes and truncates. */
    public long skips() {
        return sum(skipped);
    }

    /** How many row changes had each outcome. */
    public Map<Share, Long> shares() {
        return Map.of(
                Share.MATCHED, matched,
                Share.ABSENT, absent,
                Share.MISMATCHED, mismatches(),
                Share.SUPERSEDED, superseded,
                Share.EXPLAINED, explanations(),
                Share.UNVERIFIABLE, unverifiables(),
                Share.SKIPPED, skips());
    }
}
