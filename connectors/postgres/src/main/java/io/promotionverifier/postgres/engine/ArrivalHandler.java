package io.promotionverifier.postgres.engine;

import io.promotionverifier.core.stream.Arrival;
import java.util.List;

/** Takes what the source shows. Called by the engine's thread only, one call at a time, in stream order. */
@FunctionalInterface
public interface ArrivalHandler {
    /**
     * Takes the next arrivals. May block: the engine then stops reading. Called about ten times a second when the
     * source is silent, with a mark or with nothing. What it throws stops the engine for good: nothing of the batch is
     * confirmed or shown again by this engine.
     *
     * @param arrivals what has arrived, perhaps nothing
     * @param confirmation to be told after each durable checkpoint; the same object in every call
     * @throws InterruptedException if the engine is being stopped by force
     */
    void onBatch(List<Arrival> arrivals, Confirmation confirmation) throws InterruptedException;
}
