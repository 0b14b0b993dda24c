package io.promotionverifier.core.stream;

import io.promotionverifier.core.change.Lsn;
import java.util.Optional;

/**
 * How far the stream has been folded: enough to recognise, after any restart, what has been folded already.
 *
 * @param last the last transaction folded to its end
 * @param watermark everything committed below it has been folded; the only position that is ever confirmed to the slot
 * @param partial the transaction that has been folded in part
 */
public record ResumePoint(Optional<Closed> last, Lsn watermark, Optional<Partial> partial) {
    /** Nothing folded yet; everything below the watermark is out of scope. */
    public static ResumePoint startingAt(Lsn watermark) {
        return new ResumePoint(Optional.empty(), watermark, Optional.empty());
    }

    /**
     * A transaction folded to its end.
     *
     * @param transaction its id
     * @param end the first commit end seen after it: at or above its own
     */
    public record Closed(long transaction, Lsn end) {}

    /**
     * A transaction folded in part.
     *
     * @param transaction its id
     * @param firstRow the LSN of its first row: with the id, its identity across redelivery
     * @param rows how many of its rows have been folded
     */
    public record Partial(long transaction, Lsn firstRow, long rows) {}
}
