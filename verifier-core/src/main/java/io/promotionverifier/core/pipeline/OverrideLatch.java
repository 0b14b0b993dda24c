package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The override of the gate that somebody gave for one promotion, if any. Confined to the thread that walks the line.
 */
final class OverrideLatch {
    private final Promotion promotion;
    private final long generation;
    private Optional<GateOverride> given;

    OverrideLatch(Promotion promotion, long generation, Optional<GateOverride> given) {
        this.promotion = promotion;
        this.generation = generation;
        this.given = given;
    }

    /**
     * Takes an override: it stands in for missing evidence; against an abort, or for a step not next, it means nothing.
     */
    void take(Command command, Command.Overruled what, boolean aborted, Consumer<Effect> effects) {
        boolean next = what.to() == (promotion.phase() == Phase.A ? Phase.B : Phase.C);
        if (aborted || !next || promotion.phase() == Phase.C) {
            return;
        }
        GateOverride taken = new GateOverride(
                GateOverride.id(promotion.id(), generation, command.number()),
                promotion.id(),
                what.to(),
                what.checks(),
                command.sent(),
                command.by(),
                command.reason());
        given = Optional.of(taken);
        effects.accept(new Effect.GateOverridden(taken));
    }

    /** The override that counts now. */
    Optional<GateOverride> inForce(boolean aborted) {
        return aborted ? Optional.empty() : given;
    }

    void clear() {
        given = Optional.empty();
    }
}
