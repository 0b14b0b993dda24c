package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.ledger.Author;
import java.util.Optional;

/**
 * A mismatched row version that waits for the end of its transaction: it counts nowhere until then.
 *
 * @param operation what wrote it
 * @param origin who caused it
 * @param writer how the writing application names itself
 * @param kind how it disagrees
 * @param column its column side
 * @param document its document side
 * @param position its place in the stream
 */
public record MismatchedVersion(
        Operation operation,
        Origin origin,
        Optional<String> writer,
        MismatchKind kind,
        Side column,
        Side document,
        Position position) {
    /** Who wrote it. */
    Author author() {
        return Author.of(operation, writer, position.commitTime());
    }
}
