package io.promotionverifier.core.ledger;

import io.promotionverifier.core.change.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What live writes have exercised since the window began. Immutable; every figure is exact.
 *
 * @param operations live row changes by operation
 * @param unverifiable those of which the outcome was unverifiable
 * @param allowed the allowed values that some document held
 */
public record Witnessed(Map<Operation, Long> operations, long unverifiable, Set<String> allowed) {
    /** Nothing was written yet. */
    public static final Witnessed NOTHING = new Witnessed(Map.of(), 0, Set.of());

    public Witnessed {
        Map<Operation, Long> all = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            all.put(operation, operations.getOrDefault(operation, 0L));
        }
        operations = Collections.unmodifiableMap(all);
        allowed = Set.copyOf(allowed);
    }

    /** How often an operation was seen. */
    public long of(Operation operation) {
        return operations.getOrDefault(operation, 0L);
    }

    /** Row versions that were written: those that have something to verify. */
    public long written() {
        return of(Operation.INSERT) + of(Operation.UPDATE) + of(Operation.ENTERED);
    }
}
