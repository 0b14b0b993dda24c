package io.promotionverifier.core.change;

import java.util.List;

/**
 * A row as a look at its table showed it.
 *
 * @param writtenBy the id of the transaction that wrote this version ({@code xmin}), modulo 2^32; a subtransaction's
 *     own id where there was a savepoint
 * @param readings both sides of each promotion of the table, in the order of the configuration
 */
public record RowVersion(long writtenBy, List<Reading> readings) {
    private static final long XID = 0xFFFF_FFFFL;

    public RowVersion {
        readings = List.copyOf(readings);
    }

    /** True if this transaction wrote the version. */
    public boolean isOf(long transaction) {
        return (writtenBy & XID) == (transaction & XID);
    }
}
