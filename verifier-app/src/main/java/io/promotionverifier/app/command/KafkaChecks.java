package io.promotionverifier.app.command;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.kafka.client.BrokerAccessRefusedException;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.topic.Brokers;
import io.promotionverifier.kafka.topic.ClusterRights;
import io.promotionverifier.kafka.topic.Topic;
import io.promotionverifier.kafka.topic.TopicAdmin;
import io.promotionverifier.kafka.topic.TopicPolicy;
import io.promotionverifier.kafka.topic.TopicProblem;
import io.promotionverifier.kafka.topic.TopicRights;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every precondition on Kafka. Topics that are missing are what setup makes. */
final class KafkaChecks {
    /** Whether anybody answers. */
    static final String KAFKA = "kafka";

    /** What our principal may do. */
    static final String RIGHTS = "kafka-acl";

    private static final String VERSION = "kafka-version";
    private static final String MARKERS = "kafka-markers";
    private static final String TRANSACTIONS = "kafka-transactions";
    private static final String TOPIC = "topic";
    private static final String REPLICAS = "kafka-replicas";
    private static final int ENOUGH_REPLICAS = 3;
    private static final int GUARDED_TRANSACTIONS = 2;

    static final List<String> NAMES = List.of(KAFKA, VERSION, MARKERS, TRANSACTIONS, RIGHTS, TOPIC, REPLICAS);

    private KafkaChecks() {}

    /**
     * Asks the brokers.
     *
     * @throws io.promotionverifier.kafka.client.KafkaConnectorException if nobody answers, or credentials are refused
     */
    static List<CheckResult> run(VerifierConfig config, KafkaConnection connection) {
        List<CheckResult> results = new ArrayList<>();
        try (TopicAdmin topics = new TopicAdmin(connection);
                ClusterRights rights = new ClusterRights(connection)) {
            Brokers brokers = topics.brokers();
            results.add(CheckResult.pass(
                    KAFKA,
                    brokers.count() + " brokers of cluster " + brokers.clusterId() + " at " + connection.bootstrap()));
            results.add(version(brokers));
            results.add(markers(brokers));
            results.add(transactions(brokers));
            List<TopicRights> known = rights.topics();
            results.addAll(rights(known, rights, connection, config));
            results.addAll(topics(topics, config));
            replicas(brokers, known).ifPresent(results::add);
        }
        return results;
    }

    private static CheckResult version(Brokers brokers) {
        return switch (brokers.age()) {
            case SUPPORTED -> CheckResult.pass(VERSION, "3.7 or newer");
            case TOO_OLD -> CheckResult.refuse(VERSION, "older than 3.7, which is not supported");
            case UNKNOWN -> CheckResult.unknown(VERSION, "the brokers do not tell; 3.7 or newer is supported");
        };
    }

    private static CheckResult markers(Brokers brokers) {
        return switch (brokers.markers()) {
            case SAFE -> CheckResult.pass(MARKERS, "older than 4.3: transaction markers are safe");
            case SUSPECT ->
                CheckResult.warn(
                        MARKERS,
                        "a 4.3 broker: 4.3.0 and 4.3.1 can lose transaction markers when killed (KAFKA-20734)");
            case UNKNOWN ->
                CheckResult.unknown(MARKERS, "the brokers do not tell their version; avoid 4.3.0 and 4.3.1");
        };
    }

    private static CheckResult transactions(Brokers brokers) {
        if (brokers.transactionVersion().isEmpty()) {
            return CheckResult.warn(
                    TRANSACTIONS,
                    "the cluster has no transaction.version: transactions without the guards of KIP-890 (Kafka 4.0)");
        }
        int version = brokers.transactionVersion().getAsInt();
        String detail = "transaction.version is " + version;
        return version >= GUARDED_TRANSACTIONS
                ? CheckResult.pass(TRANSACTIONS, detail)
                : CheckResult.warn(
                        TRANSACTIONS,
                        detail + ": kafka-features.sh --bootstrap-server ... upgrade --feature transaction.version=2");
    }

    private static List<CheckResult> rights(
            List<TopicRights> known, ClusterRights rights, KafkaConnection connection, VerifierConfig config) {
        List<CheckResult> results = new ArrayList<>();
        for (TopicRights topic : known) {
            if (!topic.lacking().isEmpty()) {
                results.add(CheckResult.refuse(
                        RIGHTS + " topic " + topic.topic(),
                        "lacks " + String.join(", ", topic.lacking()) + ": kafka-acls.sh --add --allow-principal ..."
                                + " --operation Read --operation Write --operation DescribeConfigs --topic "
                                + connection.prefix() + ". --resource-pattern-type prefixed"));
            }
        }
        if (known.size() < Topic.values().length && !rights.mayCreateTopics()) {
            results.add(
                    CheckResult.unknown(
                            RIGHTS + " create",
                            "Create on the cluster is not granted; whether topics of this prefix may be created shows at setup"));
        }
        String id = connection.prefix() + "." + config.source().name();
        switch (rights.transactionalId(id)) {
            case GRANTED -> results.add(CheckResult.pass(RIGHTS + " transactional-id", "Describe is granted on " + id));
            case REFUSED ->
                results.add(CheckResult.refuse(
                        RIGHTS + " transactional-id",
                        "lacks Write and Describe on " + id + ": kafka-acls.sh --add --allow-principal ... --operation"
                                + " Write --operation Describe --transactional-id " + id));
            case UNASKED -> {
                // To ask would create the topic that the cluster keeps transactions in: setup is the first to know.
            }
        }
        if (results.stream().allMatch(result -> result.result() == CheckResult.Result.PASS)) {
            results.add(CheckResult.pass(
                    RIGHTS + " topics", known.isEmpty() ? "topics may be created" : "topics may be read and written"));
        }
        return results;
    }

    private static List<CheckResult> topics(TopicAdmin topics, VerifierConfig config) {
        try {
            List<TopicProblem> problems =
                    topics.problems(TopicPolicy.keeping(config.kafka().history().retention()));
            return problems.isEmpty()
                    ? List.of(CheckResult.pass(TOPIC, "all topics are as setup makes them"))
                    : problems.stream().map(KafkaChecks::topic).toList();
        } catch (BrokerAccessRefusedException hidden) {
            return List.of(CheckResult.unknown(TOPIC, String.valueOf(hidden.getMessage())));
        }
    }

    private static CheckResult topic(TopicProblem problem) {
        String name = TOPIC + " " + problem.topic();
        if (problem instanceof TopicProblem.Missing) {
            return CheckResult.pass(name, "does not exist: setup creates it");
        }
        String setting = problem instanceof TopicProblem.Setting differing ? " " + differing.key() : "";
        return problem.refuses()
                ? CheckResult.refuse(name + setting, problem.sentence())
                : CheckResult.warn(name + setting, problem.sentence());
    }

    private static Optional<CheckResult> replicas(Brokers brokers, List<TopicRights> known) {
        int fewest = known.stream()
                .mapToInt(TopicRights::replicas)
                .filter(count -> count > 0)
                .min()
                .orElse(0);
        if (fewest == 0) {
            return Optional.empty();
        }
        String detail = "the topics are kept on " + fewest + " of " + brokers.count() + " brokers";
        return Optional.of(
                fewest >= Math.min(ENOUGH_REPLICAS, brokers.count())
                        ? CheckResult.pass(REPLICAS, detail)
                        : CheckResult.warn(
                                REPLICAS,
                                detail
                                        + ": one lost broker may take the checkpoints with it; kafka-reassign-partitions.sh"
                                        + " adds replicas"));
    }
}
