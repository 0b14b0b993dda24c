package io.promotionverifier.kafka.command;

import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;

/**
 * A command that has not been sent yet.
 *
 * @param kind what is to be done
 * @param promotion to which promotion
 * @param reason why
 * @param by who says so
 * @param latency the figure of a write latency; absent for others
 * @param overruled what an override of the gate overrules; absent for others
 */
public record Order(
        Command.Kind kind,
        PromotionId promotion,
        String reason,
        String by,
        Optional<WriteLatency> latency,
        Optional<Command.Overruled> overruled) {
    /** An order that overrules nothing. */
    public Order(Command.Kind kind, PromotionId promotion, String reason, String by, Optional<WriteLatency> latency) {
        this(kind, promotion, reason, by, latency, Optional.empty());
    }

    /** An order without a figure. */
    public Order(Command.Kind kind, PromotionId promotion, String reason, String by) {
        this(kind, promotion, reason, by, Optional.empty(), Optional.empty());
    }

    /** An override of the gate. */
    public static Order override(PromotionId promotion, Command.Overruled what, String reason, String by) {
        return new Order(Command.Kind.GATE_OVERRIDE, promotion, reason, by, Optional.empty(), Optional.of(what));
    }
}
