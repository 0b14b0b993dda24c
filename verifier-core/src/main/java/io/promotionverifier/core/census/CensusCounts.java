package io.promotionverifier.core.census;

import java.util.HashSet;
import java.util.Set;

/**
 * What one promotion's sides hold in a number of rows.
 *
 * @param rows rows looked at
 * @param withValue rows holding a value on either side
 * @param withDocument rows with a document value
 * @param nullColumn of these, rows with a NULL column
 * @param allowedSeen the allowed values that some document holds
 */
public record CensusCounts(long rows, long withValue, long withDocument, long nullColumn, Set<String> allowedSeen) {
    /** No row. */
    public static final CensusCounts NONE = new CensusCounts(0, 0, 0, 0, Set.of());

    public CensusCounts {
        allowedSeen = Set.copyOf(allowedSeen);
    }

    /** The counts of both. */
    public CensusCounts plus(CensusCounts other) {
        Set<String> seen = new HashSet<>(allowedSeen);
        seen.addAll(other.allowedSeen);
        return new CensusCounts(
                rows + other.rows,
                withValue + other.withValue,
                withDocument + other.withDocument,
                nullColumn + other.nullColumn,
                seen);
    }
}
