package io.promotionverifier.app.cli;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.promotion.PromotionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be judged again.
 *
 * @param from from here on; absent: from the beginning of the history
 * @param to up to here; absent: to its end
 * @param promotion of one promotion; of all if absent
 * @param key of this row, as JSON text or as the key's only value
 * @param policy the file that holds another policy; absent: by the policy of then
 */
public record ReplayRequest(
        Optional<Bound> from,
        Optional<Bound> to,
        Optional<PromotionId> promotion,
        Optional<String> key,
        Optional<Path> policy) {
    /** True when nothing can lie between its bounds. */
    public boolean endsBeforeItBegins() {
        if (from.isEmpty() || to.isEmpty()) {
            return false;
        }
        if (from.get() instanceof Bound.Time begin && to.get() instanceof Bound.Time end) {
            return end.time().isBefore(begin.time());
        }
        return from.get() instanceof Bound.Position begin
                && to.get() instanceof Bound.Position end
                && end.lsn().compareTo(begin.lsn()) < 0;
    }

    /** A place in the history. */
    public sealed interface Bound {
        /**
         * A commit time.
         *
         * @param time the server's clock
         */
        record Time(Instant time) implements Bound {}

        /**
         * A position in PostgreSQL's log.
         *
         * @param lsn the position
         */
        record Position(Lsn lsn) implements Bound {}
    }
}
