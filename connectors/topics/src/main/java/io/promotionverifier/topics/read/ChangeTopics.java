package io.promotionverifier.topics.read;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The change topics as the broker describes them. Confined to one thread; every method asks the broker. */
public final class ChangeTopics implements AutoCloseable {
    private final Admin admin;
    private final String bootstrap;
    private final List<String> names;

    /** @param names of the topics that are read */
    public ChangeTopics(KafkaConnection connection, List<String> names) {
        this.admin = connection.admin();
        this.bootstrap = connection.bootstrap();
        this.names = List.copyOf(names);
    }

    /** Each topic that exists: its id and its number of partitions. */
    Map<String, Described> describe() {
        Map<String, Described> found = new TreeMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
            try {
                TopicDescription topic = await(answer, "describe the topic " + name);
                found.put(
                        name,
                        new Described(
                                topic.topicId().toString(), topic.partitions().size()));
            } catch (io.promotionverifier.kafka.client.NotSetUpException missing) {
                found.remove(name);
            } catch (KafkaConnectorException failed) {
                if (BrokerFailures.cause(failed, UnknownTopicOrPartitionException.class)
                        .isEmpty()) {
                    throw failed;
                }
            }
        });
        return found;
    }

    /**
     * A topic.
     *
     * @param id Kafka's id of it
     * @param partitions how many
     */
    record Described(String id, int partitions) {}

    /** The topics that do not exist. */
    public List<String> missing() {
        TreeSet<String> missing = new TreeSet<>(names);
        missing.removeAll(describe().keySet());
        return List.copyOf(missing);
    }

    /** The topics whose old records are removed by key, so that changes are missing from them. */
    public List<String> compacted() {
        Map<ConfigResource, String> resources = new HashMap<>();
        describe().keySet().forEach(name -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, name), name));
        TreeSet<String> compacted = new TreeSet<>();
        await(admin.describeConfigs(resources.keySet()).all(), "read the settings of the change topics")
                .forEach((resource, config) -> Optional.ofNullable(config.get("cleanup.policy"))
                        .filter(policy -> policy.value().contains("compact"))
                        .ifPresent(policy -> compacted.add(resource.name())));
        return List.copyOf(compacted);
    }

    /** For how long a topic keeps its records; absent where that is not limited, or not told. */
    public Map<String, Duration> retentions() {
        Map<ConfigResource, String> resources = new HashMap<>();
        describe().keySet().forEach(name -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, name), name));
        Map<String, Duration> retentions = new TreeMap<>();
        await(admin.describeConfigs(resources.keySet()).all(), "read the settings of the change topics")
                .forEach((resource, config) -> Optional.ofNullable(config.get("retention.ms"))
                        .map(setting -> Long.parseLong(setting.value()))
                        .filter(millis -> millis >= 0)
                        .ifPresent(millis -> retentions.put(resource.name(), Duration.ofMillis(millis))));
        return retentions;
    }

    /** The ends of all topics, now. Read the end of the server's log after this, and nothing lies between. */
    public Position ends(Lsn from) {
        Map<String, Described> described = describe();
        Map<TopicPartition, Long> ends = offsets(described, OffsetSpec.latest());
        Map<String, Position.Topic> topics = new TreeMap<>();
        described.forEach((name, topic) -> {
            Map<Integer, Long> offsets = new TreeMap<>();
            for (int partition = 0; partition < topic.partitions(); partition++) {
                offsets.put(partition, ends.getOrDefault(new TopicPartition(name, partition), 0L));
            }
            topics.put(name, new Position.Topic(topic.id(), offsets, Map.of()));
        });
        return new Position(from, topics);
    }

    /** Why the topics cannot be read on from a position, if so: what lay there is gone. */
    public Optional<String> loss(Position position) {
        Map<String, Described> described = describe();
        Map<TopicPartition, Long> begins = offsets(described, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(described, OffsetSpec.latest());
        for (Map.Entry<String, Position.Topic> known : new TreeMap<>(position.topics()).entrySet()) {
            Described now = described.get(known.getKey());
            if (now == null) {
                continue;
            }
            if (!now.id().equals(known.getValue().id())) {
                return Optional.of("topic " + known.getKey() + " was deleted and made anew");
            }
            if (now.partitions() != known.getValue().offsets().size()) {
                return Optional.of("topic " + known.getKey() + " has " + now.partitions() + " partitions, and had "
                        + known.getValue().offsets().size() + ": in what order rows came meanwhile is not known");
            }
            for (Map.Entry<Integer, Long> offset : known.getValue().offsets().entrySet()) {
                TopicPartition partition = new TopicPartition(known.getKey(), offset.getKey());
                long begin = begins.getOrDefault(partition, 0L);
                if (begin > offset.getValue() || ends.getOrDefault(partition, 0L) < offset.getValue()) {
                    return Optional.of("topic " + known.getKey() + " no longer holds offset " + offset.getValue()
                            + " of partition " + offset.getKey() + " (it begins at " + begin
                            + "): its retention was too short");
                }
            }
        }
        return Optional.empty();
    }

    private Map<TopicPartition, Long> offsets(Map<String, Described> described, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        described.forEach((name, topic) -> {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                asked.put(new TopicPartition(name, partition), which);
            }
        });
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answers = await(
                admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all(),
                "read the ends of the change topics");
        answers.forEach((partition, answer) -> offsets.put(partition, answer.offset()));
        return offsets;
    }

    private <T> T await(KafkaFuture<T> answer, String what) {
        return BrokerFailures.await(answer, what, bootstrap);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
