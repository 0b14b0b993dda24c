package io.promotionverifier.kafka.topic;

import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks what our principal may do, without doing any of it. Belongs to the thread that opened it.
 *
 * <p>Every method throws {@link io.promotionverifier.kafka.client.BrokerUnreachableException} within ten seconds.
 */
public final class ClusterRights implements AutoCloseable {
    private static final List<AclOperation> NEEDED =
            List.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.READ, AclOperation.WRITE);
    private static final String TRANSACTIONS = "__transaction_state";

    private final KafkaConnection connection;
    private final Admin admin;

    public ClusterRights(KafkaConnection connection) {
        this.connection = connection;
        this.admin = connection.admin();
    }

    /** What we may do with those of our topics that exist, or that hide whether they do. */
    public List<TopicRights> topics() {
        List<TopicRights> rights = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topic(topic.named(connection.prefix())).ifPresent(rights::add);
        }
        return rights;
    }

    private Optional<TopicRights> topic(String name) {
        DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        try {
            TopicDescription found = answer(Optional.ofNullable(admin.describeTopics(List.of(name), options)
                            .topicNameValues()
                            .get(name))
                    .orElseThrow());
            Set<AclOperation> granted =
                    Optional.ofNullable(found.authorizedOperations()).orElse(Set.copyOf(NEEDED));
            return Optional.of(new TopicRights(
                    name,
                    lacking(granted),
                    found.partitions().isEmpty()
                            ? 0
                            : found.partitions().get(0).replicas().size()));
        } catch (ExecutionException failed) {
            if (BrokerFailures.cause(failed, UnknownTopicOrPartitionException.class)
                    .isPresent()) {
                return Optional.empty();
            }
            if (BrokerFailures.cause(failed, TopicAuthorizationException.class).isPresent()) {
                return Optional.of(new TopicRights(name, lacking(Set.of()), 0));
            }
            throw failure("describe the topics", failed);
        }
    }

    private static List<String> lacking(Set<AclOperation> granted) {
        return NEEDED.stream()
                .filter(operation -> !granted.contains(operation))
                .map(AclOperation::name)
                .toList();
    }

    /** True if we may create any topic; false also where only topics of some prefix may be created. */
    public boolean mayCreateTopics() {
        KafkaFuture<Set<AclOperation>> granted = admin.describeCluster(
                        new DescribeClusterOptions().includeAuthorizedOperations(true))
                .authorizedOperations();
        return Optional.ofNullable(BrokerFailures.await(granted, "describe the cluster", connection.bootstrap()))
                .map(operations -> operations.contains(AclOperation.CREATE))
                .orElse(true);
    }

    /** What is known of our right to a transactional id. */
    public enum IdRight {
        /** It was used, or would be found if it had been. */
        GRANTED,
        /** The broker refuses it. */
        REFUSED,
        /** Nobody has used transactions on this cluster yet: asking would create what it keeps them in. */
        UNASKED
    }

    /** Asks for a transactional id; to describe it is implied by the right to write with it. */
    public IdRight transactionalId(String id) {
        if (!transactionsUsed()) {
            return IdRight.UNASKED;
        }
        try {
            answer(admin.describeTransactions(List.of(id)).description(id));
            return IdRight.GRANTED;
        } catch (ExecutionException failed) {
            if (BrokerFailures.cause(failed, TransactionalIdNotFoundException.class)
                    .isPresent()) {
                return IdRight.GRANTED;
            }
            if (BrokerFailures.cause(failed, TransactionalIdAuthorizationException.class)
                    .isPresent()) {
                return IdRight.REFUSED;
            }
            throw failure("describe the transactional id " + id, failed);
        }
    }

    private boolean transactionsUsed() {
        boolean setUp =
                topics().stream().anyMatch(topic -> topic.topic().equals(Topic.STATE.named(connection.prefix())));
        return setUp
                || topic(TRANSACTIONS).filter(found -> found.replicas() > 0).isPresent();
    }

    private static <T> T answer(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaConnectorException("interrupted while asking for our rights", interrupted);
        }
    }

    private KafkaConnectorException failure(String what, ExecutionException failed) {
        return BrokerFailures.of(what, connection.bootstrap(), failed);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
