package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;
import java.util.List;
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
 * @param overruled what a {@link Kind#GATE_OVERRIDE} overrules; absent for others
 */
public record Command(
        Kind kind,
        PromotionId promotion,
        String reason,
        String by,
        Instant sent,
        long number,
        Optional<WriteLatency> latency,
        Optional<Overruled> overruled) {
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
        RESUME,
        /** Let the promotion go on although checks of the gate do not hold. */
        GATE_OVERRIDE
    }

    /**
     * What somebody answers for.
     *
     * @param to the phase that the promotion may enter
     * @param checks the names of the checks that did not hold
     */
    public record Overruled(Phase to, List<String> checks) {
        public Overruled {
            checks = List.copyOf(checks);
        }
    }

    /** An order without a figure. */
    public Command(Kind kind, PromotionId promotion, String reason, String by, Instant sent, long number) {
        this(kind, promotion, reason, by, sent, number, Optional.empty(), Optional.empty());
    }
}
