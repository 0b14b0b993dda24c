package io.promotionverifier.core.judge;

import java.time.Instant;

/**
 * What the two sides of a report gave, read in one snapshot.
 *
 * @param report the report's name
 * @param divergentRows rows that only one side gave, counted as often as they differ
 * @param rows rows of the larger side
 * @param maximum the highest tolerable number of divergent rows
 * @param read when the snapshot was taken, by the server's clock
 */
public record ReportReading(String report, long divergentRows, long rows, long maximum, Instant read) {
    /** True when the sides differ in more rows than may be. */
    public boolean isDivergent() {
        return divergentRows > maximum;
    }
}
