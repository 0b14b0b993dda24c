package io.promotionverifier.sandbox.workload;

import java.util.List;
import java.util.Optional;

/**
 * One transaction of the plan.
 *
 * @param offsetNanos when it is due, since the plan's beginning
 * @param shape the write it belongs to
 * @param changes its statements in order
 * @param commits false if it is rolled back
 * @param fault what the ledger holds once it has committed
 * @param split the split of which it is one half
 */
record PlannedTransaction(
        long offsetNanos,
        WriteShape shape,
        List<Change> changes,
        boolean commits,
        Optional<InjectedFault> fault,
        Optional<Split> split) {
    PlannedTransaction {
        changes = List.copyOf(changes);
    }

    /**
     * A dual-write in two transactions.
     *
     * @param number its number within its worker
     * @param gapNanos how far the second half lies behind the first
     * @param second the second half, if this is the first
     */
    record Split(long number, long gapNanos, Optional<PlannedTransaction> second) {}

    static PlannedTransaction committing(WriteShape shape, List<Change> changes) {
        return new PlannedTransaction(0, shape, changes, true, Optional.empty(), Optional.empty());
    }

    PlannedTransaction at(long nanos) {
        return new PlannedTransaction(nanos, shape, changes, commits, fault, split);
    }

    PlannedTransaction with(Split part) {
        return new PlannedTransaction(offsetNanos, shape, changes, commits, fault, Optional.of(part));
    }
}
