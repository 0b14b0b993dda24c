package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;

/**
 * An order of an operator.
 *
 * @param kind what is to be done
 * @param promotion to which promotion
 * @param reason why
 * @param by who says so
 * @param sent when it was sent, by the broker's record of it
 * @param number its place among all commands, from 0: each acts once
 */
public record Command(Kind kind, PromotionId promotion, String reason, String by, Instant sent, long number) {
    /** What can be ordered. */
    public enum Kind {
        RAISE,
        CLEAR,
        /** Look at the promotion's whole table. */
        SCAN,
        /** Hold the census; nothing else is ever held. */
        PAUSE,
        /** Go on with it. */
        RESUME
    }
}
