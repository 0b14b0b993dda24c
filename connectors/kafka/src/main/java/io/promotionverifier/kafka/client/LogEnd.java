package io.promotionverifier.kafka.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the only partition of a topic ends.
 *
 * @param stable the last stable offset: everything below it is committed or aborted
 * @param end the high watermark
 */
public record LogEnd(long stable, long end) {
    /** True when no transaction is open or lost its marker. */
    public boolean settled() {
        return stable == end;
    }

    /**
     * Asks where the topics end; the stable offset first, so that it is never ahead of the end.
     *
     * @throws NotSetUpException if a topic is missing
     * @throws BrokerUnreachableException if no broker answers; retrying helps
     */
    public static Map<String, LogEnd> of(Admin admin, String bootstrap, List<String> topics) {
        Map<String, Long> stable = offsets(admin, bootstrap, topics, IsolationLevel.READ_COMMITTED);
        Map<String, Long> end = offsets(admin, bootstrap, topics, IsolationLevel.READ_UNCOMMITTED);
        Map<String, LogEnd> ends = new HashMap<>();
        stable.forEach((topic, offset) -> ends.put(topic, new LogEnd(offset, end.getOrDefault(topic, offset))));
        return ends;
    }

    private static Map<String, Long> offsets(
            Admin admin, String bootstrap, List<String> topics, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.forEach(topic -> asked.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> answer = BrokerFailures.await(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all(),
                "see where " + String.join(", ", topics) + " end",
                bootstrap);
        Map<String, Long> offsets = new HashMap<>();
        answer.forEach((partition, info) -> offsets.put(partition.topic(), info.offset()));
        return offsets;
    }
}
