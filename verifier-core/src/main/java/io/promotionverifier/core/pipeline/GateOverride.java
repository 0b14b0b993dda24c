package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;
import java.util.List;

/**
 * Somebody answers for checks of the gate that do not hold. It speaks for these checks and for no other, and ends with
 * the phase, or when an abort is raised; what was told of it stays in the log for ever.
 *
 * @param id deterministic: the same order has the same id for ever
 * @param promotion the promotion
 * @param to the phase it may enter
 * @param checks the names of the checks
 * @param ordered when it was ordered, by the broker's record of it
 * @param by who answers for it
 * @param reason why
 */
public record GateOverride(
        String id, PromotionId promotion, Phase to, List<String> checks, Instant ordered, String by, String reason) {
    public GateOverride {
        checks = List.copyOf(checks);
    }

    /** The id of the override that a command with this number orders. */
    public static String id(PromotionId promotion, long generation, long number) {
        return promotion + ":" + generation + ":gate-override:command-" + number;
    }
}
