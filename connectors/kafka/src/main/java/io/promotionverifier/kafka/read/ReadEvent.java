package io.promotionverifier.kafka.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One event as it was read.
 *
 * @param type its type; absent for one that we do not know
 * @param id its deterministic id; empty without header
 * @param key the record's key; empty without
 * @param value its content; do not alter
 * @param checkpoint the number of the checkpoint that it was committed with; 0 without
 * @param time its source time; absent without
 * @param offset its place in the topic
 */
public record ReadEvent(
        Optional<EventType> type,
        String id,
        String key,
        ObjectNode value,
        long offset,
        long checkpoint,
        Optional<String> time) {
    /** Reads a record; absent for barriers and tombstones, which tell nothing. */
    public static Optional<ReadEvent> of(ConsumerRecord<String, byte[]> found) {
        Optional<EventType> type =
                EventHeaders.get(found.headers(), EventHeaders.TYPE).flatMap(EventType::of);
        if (found.value() == null || type.equals(Optional.of(EventType.BARRIER))) {
            return Optional.empty();
        }
        return Optional.of(new ReadEvent(
                type,
                EventHeaders.get(found.headers(), EventHeaders.ID).orElse(""),
                Optional.ofNullable(found.key()).orElse(""),
                Json.parse(found.value()),
                found.offset(),
                checkpoint(found),
                EventHeaders.get(found.headers(), EventHeaders.TIME)));
    }

    /** The number of the checkpoint that a record was committed with; 0 without. */
    public static long checkpoint(ConsumerRecord<String, byte[]> found) {
        String stamp =
                EventHeaders.get(found.headers(), EventHeaders.CHECKPOINT).orElse("0/0");
        return Long.parseLong(stamp.substring(stamp.indexOf('/') + 1));
    }

    /** True when it has one of these types. */
    boolean isAnyOf(EventType... types) {
        return type.isPresent() && List.of(types).contains(type.get());
    }
}
