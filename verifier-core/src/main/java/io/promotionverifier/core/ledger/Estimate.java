package io.promotionverifier.core.ledger;

import java.time.Instant;

/**
 * How many row changes a table had since somebody first looked, as its statistics count them: all changes, not only
 * those that the source shows. An estimate: rolled back changes are in it, those of a session that has not yet reported
 * are not, and a crash of the server loses some. Immutable.
 *
 * @param inserted rows inserted
 * @param updated rows updated
 * @param deleted rows deleted
 * @param since the first look
 * @param latest the last look
 */
public record Estimate(long inserted, long updated, long deleted, Instant since, TableCount latest) {
    /** The first look: nothing is counted yet. */
    public static Estimate begunAt(TableCount first) {
        return new Estimate(0, 0, 0, first.at(), first);
    }

    /** After another look. Statistics that begin again count from zero. */
    public Estimate and(TableCount next) {
        TableCount from = next.isBehind(latest) ? new TableCount(0, 0, 0, latest.at()) : latest;
        return new Estimate(
                inserted + next.inserted() - from.inserted(),
                updated + next.updated() - from.updated(),
                deleted + next.deleted() - from.deleted(),
                since,
                next);
    }

    /** Row versions that were written: those that had something to compare. */
    public long written() {
        return inserted + updated;
    }

    /** All row changes. */
    public long changes() {
        return inserted + updated + deleted;
    }
}
