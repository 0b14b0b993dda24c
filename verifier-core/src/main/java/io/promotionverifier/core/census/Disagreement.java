package io.promotionverifier.core.census;

import io.promotionverifier.core.change.RowKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows about which census and stream say different things.
 *
 * @param rows how many
 * @param first the first of them, {@value #MOST_KEYS} at most
 */
public record Disagreement(long rows, List<RowKey> first) {
    /** So many keys are told. */
    public static final int MOST_KEYS = 10;

    /** They agree. */
    public static final Disagreement NONE = new Disagreement(0, List.of());

    public Disagreement {
        first = List.copyOf(first);
    }

    /** With one more row. */
    public Disagreement and(RowKey key) {
        if (first.size() >= MOST_KEYS) {
            return new Disagreement(rows + 1, first);
        }
        List<RowKey> more = new ArrayList<>(first);
        more.add(key);
        return new Disagreement(rows + 1, more);
    }
}
