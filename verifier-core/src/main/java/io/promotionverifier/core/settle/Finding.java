package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.ledger.Author;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Duration;
import java.util.Optional;

/**
 * One row's episode of mismatch. Immutable; each turn is a new record with the same id and a higher revision.
 *
 * @param id deterministic: the same episode has the same id for ever
 * @param promotion the promotion
 * @param table the promotion's table
 * @param key the row's latest key
 * @param state where it stands
 * @param kind how the row's latest version disagrees
 * @param column the column side of the latest version
 * @param document the document side of the latest version
 * @param opened the commit that opened it
 * @param settled the moment at which it left {@code SUSPECTED}; later the moment at which it ended
 * @param latency for {@code CONVERGED} and for nothing else: commit 2 minus commit 1
 * @param resolution how it ended; absent while open
 * @param origin what found it
 * @param writtenBy who wrote the row's latest version: only live writes count in the window rate
 * @param author who wrote the version that opened it
 * @param episode the how-maniest episode of this row, from 1
 * @param revision the number of this turn, from 0: with the id it identifies the event
 */
public record Finding(
        String id,
        PromotionId promotion,
        TableName table,
        RowKey key,
        FindingState state,
        MismatchKind kind,
        Side column,
        Side document,
        Moment opened,
        Optional<Moment> settled,
        Optional<Duration> latency,
        Optional<Resolution> resolution,
        FindingOrigin origin,
        Origin writtenBy,
        Author author,
        int episode,
        int revision) {

    /** How the ids of all findings of one promotion and generation begin. */
    public static String idBegin(String promotion, long generation) {
        return promotion + ":" + generation + ":";
    }

    /** The next turn: a new state reached at a moment, under the row's latest key. */
    Finding turn(RowKey latest, FindingState next, Moment at, Optional<Duration> after, Optional<Resolution> how) {
        return new Finding(
                id,
                promotion,
                table,
                latest,
                next,
                kind,
                column,
                document,
                opened,
                Optional.of(at),
                after,
                how,
                origin,
                writtenBy,
                author,
                episode,
                revision + 1);
    }

    /** The next turn: the same state with the row's newer version. */
    Finding withVersion(RowKey latest, MismatchedVersion version) {
        return again(latest, version.kind(), version.column(), version.document(), version.origin(), revision + 1);
    }

    /** The next turn: the same state and version under a new key. */
    Finding withKey(RowKey latest) {
        return again(latest, kind, column, document, writtenBy, revision + 1);
    }

    /** The same turn: the row was written again and nothing that is told has changed. */
    Finding writtenAgainBy(Origin writer) {
        return writer == writtenBy ? this : again(key, kind, column, document, writer, revision);
    }

    private Finding again(RowKey newKey, MismatchKind how, Side newColumn, Side newDocument, Origin writer, int turn) {
        return new Finding(
                id,
                promotion,
                table,
                newKey,
                state,
                how,
                newColumn,
                newDocument,
                opened,
                settled,
                latency,
                resolution,
                origin,
                writer,
                author,
                episode,
                turn);
    }

    /** True when the version would change what the last event of this finding said. */
    boolean saysOtherThan(RowKey latest, MismatchedVersion version) {
        return !key.equals(latest)
                || kind != version.kind()
                || !column.equals(version.column())
                || !document.equals(version.document());
    }
}
