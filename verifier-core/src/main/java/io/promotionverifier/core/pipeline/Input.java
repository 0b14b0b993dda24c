package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.change.TableName;
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
     * A census of a table begins.
     *
     * @param table the table
     * @param view which transactions have ended, and a position behind all of them
     * @param estimate how many rows the table is thought to have
     */
    record CensusBegun(TableName table, CensusChunk.View view, long estimate) implements Input {}

    /**
     * A census has read a chunk.
     *
     * @param chunk what it saw
     */
    record CensusRead(CensusChunk chunk) implements Input {}

    /**
     * Continuity could not be proven.
     *
     * @param gap the interval
     */
    record GapFound(CoverageGap gap) implements Input {}
}
