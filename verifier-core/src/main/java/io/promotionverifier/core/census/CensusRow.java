package io.promotionverifier.core.census;

import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import java.util.List;

/**
 * A row that the server could not prove equal.
 *
 * @param key its key
 * @param writer the 64-bit id of the transaction that wrote this version
 * @param readings both sides of each promotion of the table, in the order of the configuration
 */
public record CensusRow(RowKey key, long writer, List<Reading> readings) {
    public CensusRow {
        readings = List.copyOf(readings);
    }
}
