package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.RowKey;
import java.util.List;

/**
 * What the end of a transaction brought.
 *
 * @param turns the findings that turned
 * @param stillConfirmed the rows with a confirmed finding that a live write left mismatched again
 */
public record Commit(List<Turn> turns, List<RowKey> stillConfirmed) {
    /** No row of the transaction disagreed or had disagreed. */
    static final Commit NOTHING = new Commit(List.of(), List.of());

    public Commit {
        turns = List.copyOf(turns);
        stillConfirmed = List.copyOf(stillConfirmed);
    }
}
