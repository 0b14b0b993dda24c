package io.promotionverifier.postgres.report;

import java.time.Instant;
import java.util.List;

/**
 * What the two sides of a report gave in one snapshot.
 *
 * @param divergentRows rows that only one side gave, counted as often as they differ
 * @param counted false if so many differ that this is only the least that is proven
 * @param rows rows of the larger side
 * @param taken when the snapshot was taken, by the server's clock
 * @param examples a few of the rows that differ, as text; empty unless they were asked for
 */
public record ReportResult(long divergentRows, boolean counted, long rows, Instant taken, List<String> examples) {
    public ReportResult {
        examples = List.copyOf(examples);
    }

    /** True when it is known whether more rows differ than may. */
    public boolean isConclusive(long maximum) {
        return counted || divergentRows > maximum;
    }
}
