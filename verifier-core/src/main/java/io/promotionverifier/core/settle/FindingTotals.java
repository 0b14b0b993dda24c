package io.promotionverifier.core.settle;

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
}
