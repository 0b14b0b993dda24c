package io.promotionverifier.core.promotion;

import io.promotionverifier.core.change.RowKey;
import java.time.Instant;
import java.util.Set;

/**
 * A declared exception: mismatches of these rows are explained until it expires.
 *
 * @param keys the rows
 * @param reason why they differ
 * @param by who answers for it
 * @param until the commit time from which the waiver no longer holds
 */
public record Waiver(Set<RowKey> keys, String reason, String by, Instant until) {
    public Waiver {
        keys = Set.copyOf(keys);
    }
}
