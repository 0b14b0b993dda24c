package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which findings are asked for.
 *
 * @param promotion of one promotion; of all if absent
 * @param states in these states; in any if empty
 * @param key of this row, as JSON text or as the key's only value
 * @param since opened at or after this commit time
 * @param limit how many at most
 * @param after the id after which the list goes on
 * @param history the row's story instead of its last state
 * @param partition whether to look in which partition each row lies
 */
public record FindingsRequest(
        Optional<PromotionId> promotion,
        Set<FindingState> states,
        Optional<String> key,
        Optional<Instant> since,
        int limit,
        Optional<String> after,
        boolean history,
        boolean partition) {

    public FindingsRequest {
        states = Set.copyOf(states);
    }
}
