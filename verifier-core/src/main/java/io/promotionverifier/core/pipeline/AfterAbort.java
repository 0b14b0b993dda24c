package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.Sides;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether dual-writing really stopped after an abort, read from the rows inserted since: an update may leave both sides
 * as they were, an insert that holds both was written twice. Immutable.
 *
 * @param inserts live rows inserted since the abort that hold a value on either side
 * @param written those that hold both
 * @param latest when the latest of these was committed; absent when there is none
 */
public record AfterAbort(long inserts, long written, Optional<Instant> latest) {
    /** No row has been inserted since. */
    public static final AfterAbort NOTHING = new AfterAbort(0, 0, Optional.empty());

    /** The same with a live write. */
    AfterAbort with(Operation operation, Sides sides, Instant commitTime) {
        boolean column = sides.column() instanceof Side.Known;
        boolean document = sides.document() instanceof Side.Known || sides.document() instanceof Side.Uncastable;
        if (operation != Operation.INSERT || !(column || document)) {
            return this;
        }
        return column && document
                ? new AfterAbort(inserts + 1, written + 1, Optional.of(commitTime))
                : new AfterAbort(inserts + 1, written, latest);
    }
}
