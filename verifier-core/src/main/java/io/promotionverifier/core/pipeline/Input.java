package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.Arrival;
import java.time.Instant;

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

    /**
     * Someone measured the application's write latency.
     *
     * @param promotion whose tables were written
     * @param latency the figure
     * @param at when, by the server's clock
     */
    record LatencyMeasured(PromotionId promotion, WriteLatency latency, Instant at) implements Input {}

    /**
     * Both sides of a report were read in one snapshot.
     *
     * @param promotion the promotion it guards
     * @param reading what they gave
     */
    record ReportRead(PromotionId promotion, ReportReading reading) implements Input {}
}
