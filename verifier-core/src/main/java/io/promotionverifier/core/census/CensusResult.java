package io.promotionverifier.core.census;

import io.promotionverifier.core.change.Lsn;
import java.time.Instant;

/**
 * What a census that ended says of one promotion.
 *
 * @param finished stream time of its end
 * @param begun everything committed below was there for it to see
 * @param lsn the position of its last chunk
 * @param counts what the sides hold
 * @param found what the comparator said of the suspects
 */
public record CensusResult(Instant finished, Lsn begun, Lsn lsn, CensusCounts counts, CensusFound found) {
    /** True when no row disagreed, but for those that the stream was settling. */
    public boolean isClean() {
        return found.mismatched() == 0 && found.disagreement().rows() == 0;
    }
}
