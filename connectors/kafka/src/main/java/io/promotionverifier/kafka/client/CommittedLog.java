package io.promotionverifier.kafka.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The committed records of a one-partition topic, from its beginning to an end that is fixed before reading. Belongs to
 * the calling thread.
 *
 * <p>Progress is the position, not the number of records: compaction, aborted records and markers leave holes.
 */
public final class CommittedLog {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long STALL_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long FIRST_GLANCE = 64;
    private static final long WIDER = 16;

    private final KafkaConnection connection;

    public CommittedLog(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Reads up to the last stable offset of now.
     *
     * @throws NotSetUpException if the topic is missing
     * @throws BrokerUnreachableException if the broker stops answering; retrying helps
     */
    public void read(String topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        try (KafkaConsumer<String, byte[]> consumer = connection.scanner()) {
            readWhile(consumer, topic, 0, stableEnd(consumer, topic), found -> {
                each.accept(found);
                return true;
            });
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + topic, connection.bootstrap(), failed);
        }
    }

    /**
     * The last record that is wanted, up to the last stable offset of now; looked for from there backwards.
     *
     * @throws NotSetUpException if the topic is missing
     * @throws BrokerUnreachableException if the broker stops answering; retrying helps
     */
    public Optional<ConsumerRecord<String, byte[]>> last(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        try (KafkaConsumer<String, byte[]> consumer = connection.scanner()) {
            long end = stableEnd(consumer, topic);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            for (long glance = FIRST_GLANCE; found.isEmpty() && end > 0; glance *= WIDER) {
                long from = Math.max(0, end - glance);
                readWhile(consumer, topic, from, end, record -> {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                    return true;
                });
                end = from;
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + topic, connection.bootstrap(), failed);
        }
    }

    /** A consumer of committed records sees the last stable offset as the end; another client would take its time. */
    private long stableEnd(KafkaConsumer<String, byte[]> consumer, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        if (consumer.partitionsFor(topic).isEmpty()) {
            throw LogEnd.missing(connection.bootstrap(), List.of(topic));
        }
        consumer.assign(List.of(partition)); // the client warns of an offset that it is told of any other
        return Optional.ofNullable(consumer.endOffsets(List.of(partition)).get(partition))
                .orElse(0L);
    }

    /**
     * Where a topic ends now: everything below is committed or aborted.
     *
     * @throws NotSetUpException if the topic is missing
     */
    public long stableEnd(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = connection.scanner()) {
            return stableEnd(consumer, topic);
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + topic, connection.bootstrap(), failed);
        }
    }

    /** The offset of the first record written at or after a time, by the writer's clock; absent without one. */
    public OptionalLong offsetAt(String topic, Instant time) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, byte[]> consumer = connection.consumer()) {
            consumer.assign(List.of(partition));
            return Optional.ofNullable(consumer.offsetsForTimes(Map.of(partition, Math.max(0, time.toEpochMilli())))
                            .get(partition))
                    .map(found -> OptionalLong.of(found.offset()))
                    .orElseGet(OptionalLong::empty);
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + topic, connection.bootstrap(), failed);
        }
    }

    /** Reads up to an offset that is known to be stable. */
    public void read(String topic, long end, Consumer<ConsumerRecord<String, byte[]>> each) {
        readWhile(topic, 0, end, found -> {
            each.accept(found);
            return true;
        });
    }

    /**
     * Reads from an offset, or from the beginning if that is behind it, up to one that is known to be stable.
     *
     * @param each takes a record; false to stop
     */
    public void readWhile(String topic, long from, long end, Predicate<ConsumerRecord<String, byte[]>> each) {
        try (KafkaConsumer<String, byte[]> consumer = connection.scanner()) {
            readWhile(consumer, topic, from, end, each);
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + topic, connection.bootstrap(), failed);
        }
    }

    private static void readWhile(
            KafkaConsumer<String, byte[]> consumer,
            String topic,
            long from,
            long end,
            Predicate<ConsumerRecord<String, byte[]>> each) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long position = consumer.position(partition);
        if (from > position) {
            consumer.seek(partition, from);
            position = from;
        }
        long moved = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<String, byte[]> found : consumer.poll(POLL)) {
                if (found.offset() < end && !each.test(found)) {
                    return;
                }
            }
            long reached = consumer.position(partition);
            if (reached > position) {
                position = reached;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALL_NANOS) {
                throw new TimeoutException("no record of " + topic + " beyond offset " + position);
            }
        }
    }
}
