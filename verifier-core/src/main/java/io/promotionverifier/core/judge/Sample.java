package io.promotionverifier.core.judge;

/**
 * What a test looks at.
 *
 * @param mismatched distinct rows that mismatch
 * @param rows distinct rows, those included
 */
record Sample(long mismatched, long rows) {
    Sample {
        rows = Math.max(rows, mismatched);
    }

    double rate() {
        return rows == 0 ? 0 : (double) mismatched / rows;
    }
}
