package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.Set;

/**
 * Something about the source that keeps row changes from us.
 *
 * @param reason what it is and what to do about it; the same flaw always has the same reason
 * @param promotions those it concerns; empty for all
 * @param schema true if the rows that still come cannot be read: the table is not what it was
 */
public record Flaw(String reason, Set<PromotionId> promotions, boolean schema) {
    public Flaw {
        promotions = Set.copyOf(promotions);
    }
}
