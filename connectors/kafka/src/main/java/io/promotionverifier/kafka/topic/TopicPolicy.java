package io.promotionverifier.kafka.topic;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What may be chosen about the topics.
 *
 * @param historyRetention how long the history is kept
 * @param replicationFactor for new topics; absent: the broker's default
 * @param minInsyncReplicas absent: the broker's default
 */
public record TopicPolicy(Duration historyRetention, OptionalInt replicationFactor, OptionalInt minInsyncReplicas) {
    /** History as long as given, replication as the cluster's administrators decided. */
    public static TopicPolicy keeping(Duration historyRetention) {
        return new TopicPolicy(historyRetention, OptionalInt.empty(), OptionalInt.empty());
    }
}
