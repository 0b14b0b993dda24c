package io.promotionverifier.core.judge;

import java.util.Optional;

/**
 * One sketch of rows, as it is kept in the state.
 *
 * @param key which one
 * @param sketch what it counted; absent when it is gone
 */
public record Tally(Key key, Optional<DistinctSketch.Snapshot> sketch) {
    /**
     * The identity of a tally inside its promotion.
     *
     * @param name what it counts
     * @param place the slot of stream time in which it was counted
     */
    public record Key(MismatchRateTrigger.TallyName name, RowLadder.Place place) {}
}
