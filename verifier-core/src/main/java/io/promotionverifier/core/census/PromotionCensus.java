package io.promotionverifier.core.census;

import io.promotionverifier.core.change.Lsn;
import java.time.Instant;
import java.util.Optional;

/**
 * What one promotion remembers of its censuses.
 *
 * @param counts what the running one has counted
 * @param found what the running one has found
 * @param latest the last one that ended
 * @param baseline from where on the stream must know every row that disagrees
 * @param examined everything below was seen by a census that ended clean: gaps that end there are known
 * @param judgedAfter the stream time at which the last one's findings have settled and its rate is judged; absent when
 *     that was done
 * @param speaks whether the last one's rate may raise an abort: not after a clear, which counts later evidence only
 * @param unremembered the rows of which only a census can tell
 */
public record PromotionCensus(
        CensusCounts counts,
        CensusFound found,
        Optional<CensusResult> latest,
        Optional<Baseline> baseline,
        Lsn examined,
        Optional<Instant> judgedAfter,
        boolean speaks,
        Unremembered unremembered) {
    /** Nobody ever looked. */
    public static final PromotionCensus NONE = new PromotionCensus(
            CensusCounts.NONE,
            CensusFound.NONE,
            Optional.empty(),
            Optional.empty(),
            Lsn.ZERO,
            Optional.empty(),
            false,
            Unremembered.NONE);
}
