package io.promotionverifier.core.census;

import io.promotionverifier.core.change.RowKey;

/**
 * What the comparator said of the rows that the server could not prove equal.
 *
 * @param mismatched rows that disagree, but for those that the stream holds suspected: they are in motion
 * @param unverifiable rows that could not be judged
 * @param disagreement rows of which the stream says otherwise
 */
public record CensusFound(long mismatched, long unverifiable, Disagreement disagreement) {
    /** Nothing. */
    public static final CensusFound NONE = new CensusFound(0, 0, Disagreement.NONE);

    /** With one more row that disagrees. */
    public CensusFound andMismatched() {
        return new CensusFound(mismatched + 1, unverifiable, disagreement);
    }

    /** With one more row that could not be judged. */
    public CensusFound andUnverifiable() {
        return new CensusFound(mismatched, unverifiable + 1, disagreement);
    }

    /** With one more row of which the stream says otherwise. */
    public CensusFound andDisagreeing(RowKey key) {
        return new CensusFound(mismatched, unverifiable, disagreement.and(key));
    }
}
