package io.promotionverifier.kafka.topic;

import io.promotionverifier.kafka.client.BrokerAccessRefusedException;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics and says what differs. Belongs to the thread that opened it.
 *
 * <p>Every method throws {@link io.promotionverifier.kafka.client.BrokerUnreachableException} or
 * {@link BrokerAccessRefusedException} within ten seconds.
 */
public final class TopicAdmin implements AutoCloseable {
    private static final long VISIBLE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final KafkaConnection connection;
    private final Admin admin;

    public TopicAdmin(KafkaConnection connection) {
        this.connection = connection;
        this.admin = connection.admin();
    }

    /** Asks who is there: the first thing to do with an address. */
    public Brokers brokers() {
        DescribeClusterResult cluster = admin.describeCluster();
        Optional<FeatureMetadata> features = features();
        Optional<SupportedVersionRange> metadata = features.flatMap(
                found -> Optional.ofNullable(found.supportedFeatures().get("metadata.version")));
        return new Brokers(
                await(cluster.clusterId(), "describe the cluster"),
                await(cluster.nodes(), "describe the cluster").size(),
                metadata.map(range -> BrokerAge.of(range.maxVersion())).orElse(BrokerAge.UNKNOWN),
                metadata.map(range -> MarkerSafety.of(range.maxVersion())).orElse(MarkerSafety.UNKNOWN),
                features.flatMap(found ->
                                Optional.ofNullable(found.finalizedFeatures().get("transaction.version")))
                        .map(range -> OptionalInt.of(range.maxVersionLevel()))
                        .orElse(OptionalInt.empty()));
    }

    private Optional<FeatureMetadata> features() {
        try {
            return Optional.of(await(admin.describeFeatures().featureMetadata(), "describe the features"));
        } catch (KafkaConnectorException notTold) {
            return Optional.empty();
        }
    }

    /**
     * Creates the topics that are missing and waits until they can be described; the others stay as they are.
     *
     * @return the names of the created topics
     */
    public List<String> createMissing(TopicPolicy policy) {
        List<Topic> missing = new ArrayList<>();
        describe().forEach((topic, found) -> {
            if (found.isEmpty()) {
                missing.add(topic);
            }
        });
        List<String> created = new ArrayList<>();
        for (Topic topic : missing) {
            if (create(topic, policy)) {
                created.add(topic.named(connection.prefix()));
            }
        }
        awaitVisible();
        return created;
    }

    private boolean create(Topic topic, TopicPolicy policy) {
        Optional<Short> replication = policy.replicationFactor().isPresent()
                ? Optional.of((short) policy.replicationFactor().getAsInt())
                : Optional.empty();
        NewTopic wanted = new NewTopic(topic.named(connection.prefix()), Optional.of(1), replication)
                .configs(topic.settings(policy));
        try {
            await(admin.createTopics(List.of(wanted)).all(), "create the topic " + wanted.name());
            return true;
        } catch (KafkaConnectorException failed) {
            if (BrokerFailures.cause(failed, TopicExistsException.class).isPresent()) {
                return false;
            }
            throw failed;
        }
    }

    private void awaitVisible() {
        long begun = System.nanoTime();
        while (describe().values().stream().anyMatch(Optional::isEmpty) && System.nanoTime() - begun < VISIBLE_NANOS) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** What differs from the topics that {@link #createMissing} would create; empty when all is well. */
    public List<TopicProblem> problems(TopicPolicy policy) {
        Map<Topic, Optional<TopicDescription>> described = describe();
        Map<Topic, Config> settings = settings(described);
        List<TopicProblem> problems = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String name = topic.named(connection.prefix());
            Optional<TopicDescription> found = described.getOrDefault(topic, Optional.empty());
            if (found.isEmpty()) {
                problems.add(new TopicProblem.Missing(name));
                continue;
            }
            int partitions = found.get().partitions().size();
            if (partitions != 1) {
                problems.add(new TopicProblem.Partitions(name, partitions));
            }
            Optional.ofNullable(settings.get(topic))
                    .ifPresent(config -> problems.addAll(differences(name, config, topic.settings(policy))));
        }
        return problems;
    }

    private static List<TopicProblem> differences(String name, Config found, Map<String, String> wanted) {
        List<TopicProblem> problems = new ArrayList<>();
        wanted.forEach((key, value) -> {
            String actual =
                    Optional.ofNullable(found.get(key)).map(ConfigEntry::value).orElse("(not told)");
            if (!actual.equals(value)) {
                problems.add(new TopicProblem.Setting(name, key, actual, value));
            }
        });
        return problems;
    }

    /**
     * Checks before a run.
     *
     * @throws TopicSettingsException if the verifier must not run on these topics, with all reasons
     */
    public void requireUsable(TopicPolicy policy) {
        List<String> reasons = problems(policy).stream()
                .filter(TopicProblem::refuses)
                .map(TopicProblem::sentence)
                .toList();
        if (!reasons.isEmpty()) {
            throw new TopicSettingsException("Kafka at " + connection.bootstrap()
                    + " does not have the topics that the verifier needs: " + String.join("; ", reasons));
        }
    }

    private Map<Topic, Optional<TopicDescription>> describe() {
        Map<String, Topic> byName = Arrays.stream(Topic.values())
                .collect(Collectors.toMap(topic -> topic.named(connection.prefix()), topic -> topic));
        Map<Topic, Optional<TopicDescription>> described = new HashMap<>();
        admin.describeTopics(byName.keySet())
                .topicNameValues()
                .forEach((name, answer) ->
                        Optional.ofNullable(byName.get(name)).ifPresent(topic -> described.put(topic, ask(answer))));
        return described;
    }

    private Optional<TopicDescription> ask(KafkaFuture<TopicDescription> answer) {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException failed) {
            if (BrokerFailures.cause(failed, UnknownTopicOrPartitionException.class)
                    .isPresent()) {
                return Optional.empty();
            }
            throw BrokerFailures.of("describe the topics", connection.bootstrap(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaConnectorException("interrupted while describing the topics", interrupted);
        }
    }

    private Map<Topic, Config> settings(Map<Topic, Optional<TopicDescription>> described) {
        Map<ConfigResource, Topic> resources = new HashMap<>();
        described.forEach((topic, found) -> found.ifPresent(
                there -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, there.name()), topic)));
        Map<Topic, Config> settings = new HashMap<>();
        await(admin.describeConfigs(resources.keySet()).all(), "read the settings of the topics")
                .forEach((resource, config) ->
                        Optional.ofNullable(resources.get(resource)).ifPresent(topic -> settings.put(topic, config)));
        return settings;
    }

    private <T> T await(KafkaFuture<T> answer, String what) {
        return BrokerFailures.await(answer, what, connection.bootstrap());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
