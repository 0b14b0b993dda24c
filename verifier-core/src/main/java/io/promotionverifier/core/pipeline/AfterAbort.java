package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.UnverifiableReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether dual-writing really stopped after an abort, read from the rows inserted since: an update may leave both sides
 * as they were, an insert that holds both was written twice. Immutable.
 *
 * @param inserts live rows inserted since the abort that hold a value on either side
 * @param written those that hold both
 * @param unknown live rows inserted since that may hold both, but a side could not be seen
 * @param latest when the latest that holds both was committed; absent when there is none
 */
public record AfterAbort(long inserts, long written, long unknown, Optional<Instant> latest) {
    /** No row has been inserted since. */
    public static final AfterAbort NOTHING = new AfterAbort(0, 0, 0, Optional.empty());

    private enum Held {
        YES,
        NO,
        UNSEEN;

        static Held by(Side side) {
            if (side instanceof Side.Unavailable unavailable) {
                // What depends on the session or on now is there all the same.
                return unavailable.reason() == UnverifiableReason.VOLATILE ? YES : UNSEEN;
            }
            return side instanceof Side.Known || side instanceof Side.Uncastable ? YES : NO;
        }
    }

    /** The same with a live write. */
    AfterAbort with(Operation operation, Sides sides, Instant commitTime) {
        if (operation != Operation.INSERT) {
            return this;
        }
        Set<Held> held = Set.copyOf(List.of(Held.by(sides.column()), Held.by(sides.document())));
        if (held.contains(Held.NO)) {
            return held.contains(Held.YES) ? new AfterAbort(inserts + 1, written, unknown, latest) : this;
        }
        return held.contains(Held.UNSEEN)
                ? new AfterAbort(inserts, written, unknown + 1, latest)
                : new AfterAbort(inserts + 1, written + 1, unknown, Optional.of(commitTime));
    }
}
