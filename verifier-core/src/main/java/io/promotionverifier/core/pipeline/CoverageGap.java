package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;
import java.util.Set;

/**
 * An interval of the log of which nobody can say that it was seen. Once recorded it stays recorded.
 *
 * @param from its begin: up to here coverage was proven
 * @param to its end; absent while what broke continuity still stands
 * @param reason what broke continuity, and what to do about it
 * @param promotions those it concerns; empty for all
 * @param schema true if rows inside it cannot be read either, because a table is not what it was
 */
public record CoverageGap(Lsn from, Optional<Lsn> to, String reason, Set<PromotionId> promotions, boolean schema) {
    public CoverageGap {
        promotions = Set.copyOf(promotions);
    }

    /** A gap of all promotions that has ended. */
    public CoverageGap(Lsn from, Lsn to, String reason) {
        this(from, Optional.of(to), reason, Set.of(), false);
    }

    /** True while what broke continuity still stands. */
    public boolean isOpen() {
        return to.isEmpty();
    }

    /** Whether it is a gap of this promotion. */
    public boolean concerns(PromotionId promotion) {
        return promotions.isEmpty() || promotions.contains(promotion);
    }

    /** The same gap with its end. */
    CoverageGap endedAt(Lsn end) {
        return new CoverageGap(from, Optional.of(end), reason, promotions, schema);
    }
}
