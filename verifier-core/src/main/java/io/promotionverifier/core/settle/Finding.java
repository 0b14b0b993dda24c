package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Side;
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
        int episode,
        int revision) {

    /** The next turn: a new state reached at a moment. */
    Finding turn(FindingState next, Moment at, Optional<Duration> after, Optional<Resolution> how) {
        return new Finding(
                id,
                promotion,
                table,
                key,
                next,
                kind,
                column,
                document,
                opened,
                Optional.of(at),
                after,
                how,
                origin,
                episode,
                revision + 1);
    }

    /** The next turn: the same state with the row's newer version. */
    Finding withVersion(RowKey newKey, MismatchedVersion version) {
        return new Finding(
                id,
                promotion,
                table,
                newKey,
                state,
                version.kind(),
                version.column(),
                version.document(),
                opened,
                settled,
                latency,
                resolution,
                origin,
                episode,
                revision + 1);
    }

    /** The next turn: the same state and version under a new key. */
    Finding withKey(RowKey newKey) {
        return new Finding(
                id,
                promotion,
                table,
                newKey,
                state,
                kind,
                column,
                document,
                opened,
                settled,
                latency,
                resolution,
                origin,
                episode,
                revision + 1);
    }

    /** True when the version would change what the last event of this finding said. */
    boolean saysOtherThan(RowKey newKey, MismatchedVersion version) {
        return !key.equals(newKey)
                || kind != version.kind()
                || !column.equals(version.column())
                || !document.equals(version.document());
    }
}
