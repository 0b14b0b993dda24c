package io.promotionverifier.kafka.topic;

import java.util.List;

/**
 * What we may do with a topic that exists.
 *
 * @param topic its name
 * @param lacking the operations that we need and may not do, as ACLs spell them
 * @param replicas on how many brokers it is kept; 0 if we may not see that
 */
public record TopicRights(String topic, List<String> lacking, int replicas) {
    public TopicRights {
        lacking = List.copyOf(lacking);
    }
}
