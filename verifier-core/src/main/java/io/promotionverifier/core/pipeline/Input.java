package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.ledger.TableCount;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.Arrival;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * Somebody looked at the statistics of a table of which the source shows suspects only.
     *
     * @param table the table
     * @param count what they say
     */
    record Counted(TableName table, TableCount count) implements Input {}

    /**
     * Somebody looked whether everything that is committed reaches us. Recorded when it changed what is known: see
     * {@link Effect.CoverageChanged}.
     *
     * @param inspection what was found
     */
    record Inspected(Inspection inspection) implements Input {}

    /**
     * The stream begins, or begins again. Where it begins beyond what has been folded, or in a log that is not the one
     * that was folded, there is a gap between, and the transaction that was being folded does not come again.
     *
     * @param start the slot's confirmed position
     * @param loss why it does not go on where it ended, where that is known beforehand
     */
    record StreamBegins(Lsn start, Optional<String> loss) implements Input {}

    /**
     * A verifier begins to run: the first thing it is told.
     *
     * @param number tells this run from all others of the generation
     * @param version the verifier's own
     */
    record RunBegins(long number, String version) implements Input {}
}
