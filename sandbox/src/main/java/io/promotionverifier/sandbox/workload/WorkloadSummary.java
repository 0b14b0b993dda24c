package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.MismatchKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the workload has done so far.
 *
 * <p>Row changes are counted by the server's answers. They are exact unless a connection was lost: a transaction whose
 * commit was not answered runs again, and rows changed twice are then counted as the second answer says.
 *
 * @param committed transactions committed
 * @param rolledBack transactions rolled back
 * @param reconnects connections opened anew after a loss
 * @param transactions transactions by the write they belong to
 * @param attempted row changes by operation, those rolled back included
 * @param changed committed row changes by table; those by the foreign key included
 * @param fkNulled rows whose column the foreign key cleared
 * @param splits splits whose second half has committed
 * @param shortestGap the shortest time between the halves of a split; empty before the first
 * @param longestGap the longest
 * @param faults the ledger
 */
public record WorkloadSummary(
        long committed,
        long rolledBack,
        long reconnects,
        Map<WriteShape, Long> transactions,
        Map<Operation, Long> attempted,
        Map<TableName, Long> changed,
        long fkNulled,
        long splits,
        Optional<Duration> shortestGap,
        Optional<Duration> longestGap,
        List<InjectedFault> faults) {
    /** Copies what it is given. */
    public WorkloadSummary {
        transactions = Collections.unmodifiableMap(new EnumMap<>(transactions));
        attempted = Collections.unmodifiableMap(new EnumMap<>(attempted));
        changed = Collections.unmodifiableMap(new TreeMap<>(changed));
        faults = List.copyOf(faults);
    }

    /** How many rows show each kind of mismatch; kinds without rows are there with 0. */
    public Map<MismatchKind, Long> injectedByKind() {
        Map<MismatchKind, Long> counts = new EnumMap<>(MismatchKind.class);
        for (MismatchKind kind : MismatchKind.values()) {
            counts.put(kind, 0L);
        }
        faults.forEach(fault -> counts.merge(fault.row().kind(), 1L, Long::sum));
        return counts;
    }
}
