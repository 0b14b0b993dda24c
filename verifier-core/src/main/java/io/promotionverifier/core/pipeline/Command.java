package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;
import java.util.Optional;

/**
 * An order of an operator, or a figure that someone tells.
 *
 * @param kind what is to be done
 * @param promotion to which promotion
 * @param reason why
 * @param by who says so
 * @param sent when it was sent, by the broker's record of it
 * @param number its place among all commands, from 0: each acts once
 * @param latency the figure of a {@link Kind#WRITE_LATENCY}; absent for others
 */
public record Command(
        Kind kind,
        PromotionId promotion,
        String reason,
        String by,
        Instant sent,
        long number,
        Optional<WriteLatency> latency) {
    /** What can be ordered. */
    public enum Kind {
        RAISE,
        CLEAR,
        WRITE_LATENCY,
        /** Look at the promotion's whole table. */
        SCAN,
        /** Hold the census; nothing else is ever held. */
        PAUSE,
        /** Go on with it. */
        RESUME
    }

    /** An order without a figure. */
    public Command(Kind kind, PromotionId promotion, String reason, String by, Instant sent, long number) {
        this(kind, promotion, reason, by, sent, number, Optional.empty());
    }
}
