package io.promotionverifier.core.ledger;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.Outcome;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Keeps what live writes exercise. Confined to the thread that walks the line. */
public final class Witness {
    private final CountsOf<Operation> operations;
    private final Set<String> allowed;
    private long unverifiable;

    public Witness(Witnessed from) {
        operations = new CountsOf<>(Operation.class, from.operations());
        allowed = new HashSet<>(from.allowed());
        unverifiable = from.unverifiable();
    }

    /**
     * A live write.
     *
     * @param value the allowed value that the document holds, if it does
     */
    public void written(Operation operation, Outcome outcome, Optional<String> value) {
        operations.add(operation, 1);
        unverifiable += outcome instanceof Outcome.Unverifiable ? 1 : 0;
        value.ifPresent(allowed::add);
    }

    /** A live DELETE or TRUNCATE. */
    public void removed(Operation operation) {
        operations.add(operation, 1);
    }

    /** The window begins anew. */
    public void clear() {
        operations.clear();
        allowed.clear();
        unverifiable = 0;
    }

    /** What has been exercised. */
    public Witnessed witnessed() {
        return new Witnessed(operations.map(), unverifiable, allowed);
    }
}
