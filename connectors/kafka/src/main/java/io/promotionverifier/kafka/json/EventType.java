package io.promotionverifier.kafka.json;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of our events, as {@code ce_type} names them. */
public enum EventType {
    ABORT_RAISED("verifier.abort.raised.v1"),
    ABORT_CLEARED("verifier.abort.cleared.v1"),
    FINDING_OPENED("verifier.finding.opened.v1"),
    FINDING_CONFIRMED("verifier.finding.confirmed.v1"),
    FINDING_CONVERGED("verifier.finding.converged.v1"),
    FINDING_RESOLVED("verifier.finding.resolved.v1"),
    COUNTERS("verifier.counters.v1"),
    STATUS("verifier.status.v1"),
    /** A verifier begins to run, by these rules. */
    RUN("verifier.run.v1"),
    /** A whole checkpoint, from which a replay can begin; its entries follow. */
    CHECKPOINT("verifier.checkpoint.v1"),
    /** An entry of the checkpoint before it. */
    CHECKPOINT_ENTRY("verifier.checkpoint.entry.v1"),
    /** A row change. */
    CHANGE("verifier.change.v1"),
    /** A heartbeat moved stream time. */
    TIME("verifier.time.v1"),
    /** The core took an order. */
    COMMAND_APPLIED("verifier.command.applied.v1"),
    /** Somebody answers for checks of the gate that do not hold. */
    GATE_OVERRIDDEN("verifier.gate.overridden.v1"),
    /** The source fell silent. */
    SILENCE("verifier.silence.v1"),
    /** Continuity could not be proven. */
    GAP("verifier.gap.v1"),
    /** The application's write latency was measured. */
    LATENCY("verifier.latency.v1"),
    /** Both sides of a report were read. */
    REPORT("verifier.report.v1"),
    /** The statistics of a table were read. */
    COUNTED("verifier.counted.v1"),
    /** Coverage was lost, or is proven again. */
    COVERAGE("verifier.coverage.v1"),
    /** A census began. */
    CENSUS_BEGUN("verifier.census.begun.v1"),
    /** A chunk of a census was judged. */
    CENSUS_CHUNK("verifier.census.chunk.v1"),
    /** A census ended. */
    CENSUS_ENDED("verifier.census.ended.v1"),
    /** A setup began: ids and counters before and after it have nothing to do with each other. */
    GENERATION("verifier.generation.v1"),
    /** An order of an operator. */
    COMMAND("verifier.command.v1"),
    /** A no-op that settles a partition; readers ignore it. */
    BARRIER("verifier.barrier.v1");

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire. */
    public String wireName() {
        return wireName;
    }

    /** The type of that name; absent for types that we do not know. */
    public static Optional<EventType> of(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
