package io.promotionverifier.kafka.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads whole topics as they stand: committed events only, up to the last stable offset of the moment of asking.
 * Stateless.
 *
 * <p>Every method throws {@link io.promotionverifier.kafka.client.NotSetUpException} if the topic is missing and
 * {@link io.promotionverifier.kafka.client.BrokerUnreachableException} if no broker answers.
 */
public final class TopicReader {
    private final KafkaConnection connection;

    public TopicReader(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Hands over every event of a topic, in order. */
    public void read(Topic topic, Consumer<ReadEvent> each) {
        new CommittedLog(connection)
                .read(
                        topic.named(connection.prefix()),
                        found -> ReadEvent.of(found).ifPresent(each));
    }

    /**
     * The findings as they stand, in the order in which they first appeared.
     *
     * @throws NoSuchFindingException if there is none with the id behind which they are asked for
     */
    public List<ObjectNode> findings(FindingFilter filter) {
        FindingList list = new FindingList(filter);
        read(Topic.FINDINGS, event -> {
            if (event.isAnyOf(
                    EventType.FINDING_OPENED,
                    EventType.FINDING_CONFIRMED,
                    EventType.FINDING_CONVERGED,
                    EventType.FINDING_RESOLVED)) {
                list.accept(event.offset(), event.value());
            }
        });
        return at(Topic.FINDINGS, list.offsets());
    }

    /** The events at these places; one that was deleted meanwhile is left out. */
    private List<ObjectNode> at(Topic topic, List<Long> offsets) {
        Map<Long, ObjectNode> found = new HashMap<>();
        if (!offsets.isEmpty()) {
            Set<Long> wanted = new HashSet<>(offsets);
            new CommittedLog(connection)
                    .readWhile(
                            topic.named(connection.prefix()),
                            Collections.min(offsets),
                            Collections.max(offsets) + 1,
                            record -> {
                                if (wanted.contains(record.offset())) {
                                    ReadEvent.of(record).ifPresent(event -> found.put(record.offset(), event.value()));
                                }
                                return true;
                            });
        }
        return offsets.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** All aborts raised and cleared, in order. */
    public List<ReadEvent> aborts() {
        List<ReadEvent> aborts = new ArrayList<>();
        read(Topic.ABORTS, event -> {
            if (event.isAnyOf(EventType.ABORT_RAISED, EventType.ABORT_CLEARED)) {
                aborts.add(event);
            }
        });
        return aborts;
    }

    /** The last status heartbeat of each promotion, by id; the checkpoint is newer, see the state. */
    public Map<String, ObjectNode> statuses() {
        Map<String, ObjectNode> statuses = new LinkedHashMap<>();
        read(Topic.STATUS, event -> {
            if (event.isAnyOf(EventType.STATUS)) {
                statuses.put(event.key(), event.value());
            }
        });
        return statuses;
    }
}
