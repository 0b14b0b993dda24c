package io.promotionverifier.kafka.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
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
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    /** True when no transaction is open or lost its marker. */
    public boolean settled() {
        return stable == end;
    }

    /**
     * Asks where the topics end; the stable offset first, so that it is never ahead of the end.
     *
     * @throws NotSetUpException if topics are missing, with their names
     * @throws BrokerUnreachableException if no broker answers; retrying helps
     */
    public static Map<String, LogEnd> of(Admin admin, String bootstrap, List<String> topics) {
        requireTopics(admin, bootstrap, topics);
        Map<String, Long> stable = offsets(admin, bootstrap, topics, IsolationLevel.READ_COMMITTED);
        Map<String, Long> end = offsets(admin, bootstrap, topics, IsolationLevel.READ_UNCOMMITTED);
        Map<String, LogEnd> ends = new HashMap<>();
        stable.forEach((topic, offset) -> ends.put(topic, new LogEnd(offset, end.getOrDefault(topic, offset))));
        return ends;
    }

    /** Where one topic ends; see above. */
    public static LogEnd of(Admin admin, String bootstrap, String topic) {
        return of(admin, bootstrap, List.of(topic)).getOrDefault(topic, new LogEnd(0, 0));
    }

    /**
     * Waits until all topics are settled: the markers of a transaction arrive a little after its commit returned.
     *
     * @throws UnfinishedTransactionException if that takes longer than the patience
     */
    public static void awaitSettled(Admin admin, String bootstrap, List<String> topics, Duration patience) {
        long begun = System.nanoTime();
        while (true) {
            List<String> unsettled = unsettled(of(admin, bootstrap, topics));
            if (unsettled.isEmpty()) {
                return;
            }
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new UnfinishedTransactionException("Kafka at " + bootstrap
                        + " holds an unfinished transaction in "
                        + String.join(", ", unsettled) + ": nobody sees what is written behind it. Find its producer"
                        + " with kafka-transactions.sh describe-producers --topic " + unsettled.get(0)
                        + " --partition 0, and stop it or abort its transaction.");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static List<String> unsettled(Map<String, LogEnd> ends) {
        return ends.entrySet().stream()
                .filter(end -> !end.getValue().settled())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Asked apart because the question for offsets fills the log with errors when a topic is missing. */
    private static void requireTopics(Admin admin, String bootstrap, List<String> topics) {
        List<String> missing = new ArrayList<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
            try {
                BrokerFailures.await(answer, "describe the topic " + topic, bootstrap);
            } catch (NotSetUpException unknown) {
                missing.add(topic);
            }
        });
        if (!missing.isEmpty()) {
            missing.sort(null);
            throw missing(bootstrap, missing);
        }
    }

    static NotSetUpException missing(String bootstrap, List<String> topics) {
        return new NotSetUpException("Kafka at " + bootstrap + " has no " + String.join(", ", topics)
                + ". Run `setup`, or check kafka.prefix.");
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
