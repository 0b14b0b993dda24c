package io.promotionverifier.kafka.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.Turn;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.AbortJson;
import io.promotionverifier.kafka.json.ChangeJson;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.FindingJson;
import io.promotionverifier.kafka.json.GapJson;
import io.promotionverifier.kafka.json.GateOverrideJson;
import io.promotionverifier.kafka.json.HistoryJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.RunJson;
import io.promotionverifier.kafka.json.StatusJson;
import io.promotionverifier.kafka.state.WholeState;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Which topic, key, headers and value each effect has. Pure. */
final class EventRecords {
    private static final int ONLY_PARTITION = 0;
    private static final String WATERMARK = "watermark";
    private static final Header SPEC_VERSION = EventHeaders.of(EventHeaders.SPEC_VERSION, "1.0");
    private static final Header CONTENT_TYPE = EventHeaders.of(EventHeaders.CONTENT_TYPE, "application/json");
    private static final Map<EventType, Header> TYPES = types();

    private final String prefix;
    private final String sourceName;
    private final Header source;
    private final boolean history;

    EventRecords(String prefix, String sourceName, boolean history) {
        this.prefix = prefix;
        this.sourceName = sourceName;
        this.source = EventHeaders.of(EventHeaders.SOURCE, "/verifier/" + sourceName);
        this.history = history;
    }

    private static Map<EventType, Header> types() {
        Map<EventType, Header> types = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            types.put(type, EventHeaders.of(EventHeaders.TYPE, type.wireName()));
        }
        return types;
    }

    /** The record of an effect; absent for history that nobody keeps. */
    Optional<ProducerRecord<String, byte[]>> of(Effect effect) {
        if (effect instanceof Effect.FindingTurned turned) {
            return Optional.of(finding(turned));
        }
        if (effect instanceof Effect.CountersCut cut) {
            PromotionId promotion = cut.status().promotion();
            Event event = event(effect, EventType.COUNTERS, Optional.of(promotion));
            return Optional.of(record(Topic.COUNTERS, promotion.value(), StatusJson.counters(cut.status()), event));
        }
        if (effect instanceof Effect.AbortRaised raised) {
            PromotionId promotion = raised.abort().promotion();
            Event event = event(effect, EventType.ABORT_RAISED, Optional.of(promotion));
            return Optional.of(record(Topic.ABORTS, promotion.value(), AbortJson.raised(raised.abort()), event));
        }
        if (effect instanceof Effect.AbortEnded ended) {
            PromotionId promotion = ended.cleared().abort().promotion();
            Event event = event(effect, EventType.ABORT_CLEARED, Optional.of(promotion));
            return Optional.of(record(Topic.ABORTS, promotion.value(), AbortJson.cleared(ended.cleared()), event));
        }
        if (effect instanceof Effect.GateOverridden overridden) {
            PromotionId promotion = overridden.override().promotion();
            Event event = event(effect, EventType.GATE_OVERRIDDEN, Optional.of(promotion));
            return Optional.of(
                    record(Topic.ABORTS, promotion.value(), GateOverrideJson.of(overridden.override()), event));
        }
        return history ? Optional.of(history(effect)) : Optional.empty();
    }

    private ProducerRecord<String, byte[]> finding(Effect.FindingTurned turned) {
        Finding finding = turned.turn().finding();
        return record(
                Topic.FINDINGS,
                finding.promotion() + "|" + finding.key().json(),
                FindingJson.of(finding),
                event(turned, type(turned.turn()), Optional.of(finding.promotion())));
    }

    private static EventType type(Turn turn) {
        if (turn.openedNow()) {
            return EventType.FINDING_OPENED;
        }
        return switch (turn.finding().state()) {
            case SUSPECTED -> EventType.FINDING_OPENED;
            case CONFIRMED -> EventType.FINDING_CONFIRMED;
            case CONVERGED -> EventType.FINDING_CONVERGED;
            case RESOLVED -> EventType.FINDING_RESOLVED;
        };
    }

    private ProducerRecord<String, byte[]> history(Effect effect) {
        if (effect instanceof Effect.ChangeRecorded recorded) {
            RowEvent row = recorded.change().event();
            String key = row.table() + "|" + row.key().map(RowKey::json).orElse("");
            return record(
                    Topic.HISTORY,
                    key,
                    ChangeJson.bytes(recorded),
                    event(effect, EventType.CHANGE, only(recorded.sides())));
        }
        if (effect instanceof Effect.TimeRecorded recorded) {
            return ofSource(HistoryJson.time(recorded.moment()), event(effect, EventType.TIME, Optional.empty()));
        }
        if (effect instanceof Effect.CoverageChanged changed) {
            return ofSource(HistoryJson.coverage(changed), event(effect, EventType.COVERAGE, Optional.empty()));
        }
        if (effect instanceof Effect.CensusRecorded recorded) {
            return record(
                    Topic.HISTORY,
                    recorded.chunk().place().table().toString(),
                    HistoryJson.censusChunk(recorded),
                    event(effect, EventType.CENSUS_CHUNK, Optional.empty()));
        }
        if (effect instanceof Effect.CensusEnded ended) {
            return record(
                    Topic.HISTORY,
                    ended.promotion().value(),
                    HistoryJson.censusEnded(ended.result()),
                    event(effect, EventType.CENSUS_ENDED, Optional.of(ended.promotion())));
        }
        if (effect instanceof Effect.InputRecorded recorded) {
            return input(recorded);
        }
        if (effect instanceof Effect.RunRecorded recorded) {
            return ofSource(RunJson.of(recorded), event(effect, EventType.RUN, Optional.empty()));
        }
        throw new IllegalArgumentException("an effect of a new kind: " + effect.getClass());
    }

    private ProducerRecord<String, byte[]> input(Effect.InputRecorded recorded) {
        if (recorded.input() instanceof Input.Ordered ordered) {
            Command command = ordered.command();
            return told(command.promotion(), HistoryJson.command(command), recorded, EventType.COMMAND_APPLIED);
        }
        if (recorded.input() instanceof Input.Silence silence) {
            return told(HistoryJson.silence(silence.reason()), recorded, EventType.SILENCE);
        }
        if (recorded.input() instanceof Input.CensusBegun begun) {
            return record(
                    Topic.HISTORY,
                    begun.table().toString(),
                    HistoryJson.censusBegun(begun)
                            .put(WATERMARK, recorded.watermark().toString()),
                    event(recorded, EventType.CENSUS_BEGUN, Optional.empty()));
        }
        if (recorded.input() instanceof Input.GapFound found) {
            return told(GapJson.of(found.gap()), recorded, EventType.GAP);
        }
        if (recorded.input() instanceof Input.LatencyMeasured measured) {
            return told(measured.promotion(), HistoryJson.measured(measured), recorded, EventType.LATENCY);
        }
        if (recorded.input() instanceof Input.ReportRead read) {
            return told(read.promotion(), HistoryJson.read(read), recorded, EventType.REPORT);
        }
        if (recorded.input() instanceof Input.Counted counted) {
            return told(HistoryJson.counted(counted), recorded, EventType.COUNTED);
        }
        throw new IllegalArgumentException(
                "an input of a new kind: " + recorded.input().getClass());
    }

    private ProducerRecord<String, byte[]> told(
            PromotionId promotion, ObjectNode value, Effect.InputRecorded recorded, EventType type) {
        value.put(WATERMARK, recorded.watermark().toString());
        return record(Topic.HISTORY, promotion.value(), value, event(recorded, type, Optional.of(promotion)));
    }

    private ProducerRecord<String, byte[]> told(ObjectNode value, Effect.InputRecorded recorded, EventType type) {
        value.put(WATERMARK, recorded.watermark().toString());
        return ofSource(value, event(recorded, type, Optional.empty()));
    }

    /** The promotion of a change, where there is only one. */
    private static Optional<PromotionId> only(Map<PromotionId, ?> sides) {
        return sides.size() == 1 ? sides.keySet().stream().findFirst() : Optional.empty();
    }

    private ProducerRecord<String, byte[]> ofSource(JsonNode value, Event event) {
        return record(Topic.HISTORY, sourceName, value, event);
    }

    /** The status of a promotion at a checkpoint. */
    ProducerRecord<String, byte[]> status(PromotionStatus status, JsonNode json, long sequence) {
        String promotion = status.promotion().value();
        Event event = new Event(
                promotion + ":status:" + sequence, EventType.STATUS, Optional.of(promotion), status.streamTime());
        return record(Topic.STATUS, promotion, json, event);
    }

    /** The boundary between two generations; absent for history that nobody keeps. */
    Optional<ProducerRecord<String, byte[]>> generation(CoreState initial, Instant time) {
        JsonNode value = Json.object()
                .put("generation", initial.generation())
                .put("lsn", initial.resume().watermark().toString());
        Event event = new Event(
                initial.generation() + ":generation", EventType.GENERATION, Optional.empty(), Optional.of(time));
        return history ? Optional.of(ofSource(value, event)) : Optional.empty();
    }

    /**
     * A whole checkpoint for the history, and its entries; none for history that nobody keeps.
     *
     * @param run how the run began that writes it
     * @param name tells it from others
     */
    Stream<ProducerRecord<String, byte[]>> whole(Effect.RunRecorded run, Checkpoint checkpoint, String name) {
        if (!history) {
            return Stream.empty();
        }
        CoreState state = checkpoint.state();
        ObjectNode head = Json.object().put("entries", WholeState.count(checkpoint.changed()));
        head.set("run", RunJson.of(run));
        head.set("state", WholeState.head(state));
        Event begun = new Event(name + ":checkpoint", EventType.CHECKPOINT, Optional.empty(), state.streamTime());
        return Stream.concat(
                Stream.of(ofSource(head, begun)),
                WholeState.entries(checkpoint.changed()).map(entry -> {
                    Event event = new Event(
                            name + ":" + entry.key(), EventType.CHECKPOINT_ENTRY, Optional.empty(), state.streamTime());
                    return record(Topic.HISTORY, entry.key(), entry.value().orElseThrow(), event);
                }));
    }

    /** A no-op that settles a partition. */
    ProducerRecord<String, byte[]> barrier(String topic, String key, long offset) {
        Event event =
                new Event("barrier:" + topic + ":" + offset, EventType.BARRIER, Optional.empty(), Optional.empty());
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, ONLY_PARTITION, key, Json.bytes(Json.object()));
        addHeaders(record.headers(), event);
        return record;
    }

    private static Event event(Effect effect, EventType type, Optional<PromotionId> subject) {
        return new Event(effect.eventId(), type, subject.map(PromotionId::value), Optional.of(effect.time()));
    }

    private ProducerRecord<String, byte[]> record(Topic topic, String key, JsonNode value, Event event) {
        return record(topic, key, Json.bytes(value), event);
    }

    private ProducerRecord<String, byte[]> record(Topic topic, String key, byte[] value, Event event) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.named(prefix), ONLY_PARTITION, key, value);
        addHeaders(record.headers(), event);
        return record;
    }

    /** Before the source has shown any, the core says the epoch. */
    private static boolean isKnown(Instant time) {
        return !time.equals(Instant.EPOCH);
    }

    /** Those that a replay asks for go last: Kafka looks for a header from the end, and decodes each name it passes. */
    private void addHeaders(Headers headers, Event event) {
        headers.add(SPEC_VERSION);
        headers.add(source);
        event.subject().ifPresent(subject -> EventHeaders.add(headers, EventHeaders.SUBJECT, subject));
        event.time()
                .filter(EventRecords::isKnown)
                .ifPresent(time -> EventHeaders.add(headers, EventHeaders.TIME, Json.time(time)));
        headers.add(CONTENT_TYPE);
        EventHeaders.add(headers, EventHeaders.ID, event.id());
        headers.add(Objects.requireNonNull(TYPES.get(event.type()), "header of a type"));
    }
}
