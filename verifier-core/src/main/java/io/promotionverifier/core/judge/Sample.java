package io.promotionverifier.core.judge;

/**
 * Rows that mismatch, of how many. Immutable.
 *
 * @param mismatched distinct rows that mismatch
 * @param rows distinct rows, those included: as many at least, though they were counted before some of them were
 *     written
 */
public record Sample(long mismatched, long rows) {
    public Sample {
        rows = Math.max(rows, mismatched);
    }

    /** The share of rows that mismatch, from 0 to 1; 0 of no rows. */
    public double rate() {
        return rows == 0 ? 0 : (double) mismatched / rows;
    }
}
