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
 * @param generated true for the pair that every promotion has, whose rows are values with their counts
 * @param counted false if so many rows differ that this is only the least that is proven
 */
public record ReportReading(
        String report, long divergentRows, long rows, long maximum, Instant read, boolean generated, boolean counted) {
    /** One row that disagrees is missing from the count of one value and too many in that of another, on both sides. */
    private static final int DIVERGENT_OF_ONE = 4;

    /**
     * The same with room for rows that are known to disagree: those are judged by their rate, and a generated pair is
     * there to find what nobody knows. Nobody knows whether they are all where not all were counted.
     */
    public ReportReading besides(long known) {
        return generated && counted
                ? new ReportReading(report, divergentRows, rows, maximum + DIVERGENT_OF_ONE * known, read, true, true)
                : this;
    }

    /** True when the sides differ in more rows than may be. */
    public boolean isDivergent() {
        return divergentRows > maximum;
    }
}
