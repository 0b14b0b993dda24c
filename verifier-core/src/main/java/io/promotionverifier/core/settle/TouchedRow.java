package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.RowKey;
import java.util.Optional;

/**
 * A row of the open transaction whose state at COMMIT matters: its latest version disagrees, or it has an open finding.
 *
 * @param origin the key under which the open finding of this row is filed; absent if it has none
 * @param latest what the transaction did to the row last
 * @param version the latest version, when it disagrees
 */
public record TouchedRow(Optional<RowKey> origin, Latest latest, Optional<MismatchedVersion> version) {
    /** A row of which nothing is to be remembered. */
    static final TouchedRow NONE = new TouchedRow(Optional.empty(), Latest.AGREED, Optional.empty());

    /** What the open transaction did to a row last. */
    public enum Latest {
        MISMATCHED,
        AGREED,
        EXPLAINED,
        UNVERIFIABLE,
        DELETED,
        TRUNCATED,
        CLEARED
    }
}
