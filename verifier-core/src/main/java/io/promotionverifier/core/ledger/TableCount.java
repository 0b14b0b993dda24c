package io.promotionverifier.core.ledger;

import java.time.Instant;

/**
 * What a table's statistics say at one moment: row versions counted since the statistics began, those of transactions
 * that were rolled back among them. Immutable.
 *
 * @param inserted rows inserted
 * @param updated rows updated
 * @param deleted rows deleted
 * @param at the server's clock
 */
public record TableCount(long inserted, long updated, long deleted, Instant at) {
    boolean isBehind(TableCount other) {
        return inserted < other.inserted || updated < other.updated || deleted < other.deleted;
    }
}
