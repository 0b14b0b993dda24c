package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.stream.Arrival;

/** Everything that the core is ever told. What is not here does not exist for it: no clock, no database, no chance. */
public sealed interface Input {
    /**
     * The source showed something.
     *
     * @param arrival what
     */
    record Arrived(Arrival arrival) implements Input {}

    /**
     * An operator gave an order.
     *
     * @param command which
     */
    record Ordered(Command command) implements Input {}

    /**
     * The source has been silent for too long, or is lost: we are blind until the next row change or heartbeat.
     *
     * @param reason what happened, one phrase
     */
    record Silence(String reason) implements Input {}

    /**
     * Continuity could not be proven.
     *
     * @param gap the interval
     */
    record GapFound(CoverageGap gap) implements Input {}
}
