package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/** The count of what all workers did, and the ledger. Safe for use by many threads. */
final class Tally {
    private static final TableName CHILDREN = new TableName("public", "context_events");

    private final Map<WriteShape, Long> transactions = new EnumMap<>(WriteShape.class);
    private final Map<Operation, Long> attempted = new EnumMap<>(Operation.class);
    private final Map<TableName, Long> changed = new HashMap<>();
    private final LongSummaryStatistics gapNanos = new LongSummaryStatistics();
    private final List<InjectedFault> faults = new ArrayList<>();
    private long committed;
    private long rolledBack;
    private long reconnects;
    private long fkNulled;

    /** Counts a transaction that has ended, with the row count of each of its statements. */
    synchronized void ended(PlannedTransaction transaction, long[] rowCounts) {
        transactions.merge(transaction.shape(), 1L, Long::sum);
        boolean survives = transaction.commits();
        if (survives) {
            committed++;
        } else {
            rolledBack++;
        }
        transaction.fault().ifPresent(faults::add);
        for (int i = rowCounts.length - 1; i >= 0; i--) {
            Change change = transaction.changes().get(i);
            long rows = rowCounts[i];
            boolean counts = survives;
            change.effect().ifPresent(effect -> count(effect, rows, counts));
            if (counts && change.fkNulled() > 0) {
                fkNulled += change.fkNulled();
                changed.merge(CHILDREN, (long) change.fkNulled(), Long::sum);
            }
            survives = transaction.commits() && survives(change, survives);
        }
    }

    /** Walking backwards: what lies between a savepoint and the return to it does not survive. */
    private static boolean survives(Change change, boolean survives) {
        if (change.sql().startsWith("ROLLBACK TO")) {
            return false;
        }
        return survives || change.sql().startsWith("SAVEPOINT");
    }

    private void count(Change.Effect effect, long rows, boolean survives) {
        attempted.merge(effect.operation(), rows, Long::sum);
        if (survives) {
            changed.merge(effect.table(), rows, Long::sum);
        }
    }

    synchronized void splitEnded(long nanos) {
        gapNanos.accept(nanos);
    }

    synchronized void reconnected() {
        reconnects++;
    }

    synchronized WorkloadSummary summary() {
        boolean any = gapNanos.getCount() > 0;
        return new WorkloadSummary(
                committed,
                rolledBack,
                reconnects,
                transactions,
                attempted,
                changed,
                fkNulled,
                gapNanos.getCount(),
                any ? Optional.of(Duration.ofNanos(gapNanos.getMin())) : Optional.empty(),
                any ? Optional.of(Duration.ofNanos(gapNanos.getMax())) : Optional.empty(),
                faults);
    }
}
