package io.promotionverifier.core.settle;

import io.promotionverifier.core.ledger.Share;
import java.util.Map;

/**
 * How many findings stand where.
 *
 * @param suspected open now
 * @param confirmed open now
 * @param converged total since setup
 * @param resolved total since setup
 */
public record FindingTotals(long suspected, long confirmed, long converged, long resolved) {
    /** No finding ever. */
    public static final FindingTotals NONE = new FindingTotals(0, 0, 0, 0);

    /** How many findings are, or came to be, in each state. */
    public Map<Share, Long> shares() {
        return Map.of(
                Share.SUSPECTED, suspected,
                Share.CONFIRMED, confirmed,
                Share.CONVERGED, converged,
                Share.RESOLVED, resolved);
    }
}
