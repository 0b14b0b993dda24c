package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;

/**
 * Which gate is asked.
 *
 * @param promotion which promotion
 * @param to the phase to enter, B or C
 * @param override who answers for what does not hold; absent without {@code --override}
 */
public record GateRequest(PromotionId promotion, Phase to, Optional<Answer> override) {
    /**
     * Somebody answers for it.
     *
     * @param reason why; never blank
     * @param by who; the operating system's user unless named
     */
    public record Answer(String reason, String by) {}
}
