package io.promotionverifier.kafka.history;

import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.read.ReadEvent;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.kafka.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What was published live in one topic, handed out checkpoint by checkpoint. Belongs to one thread. Memory: the events
 * of a poll, never the topic.
 */
public final class PublishedEvents implements CheckpointedEvents {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();
    private static final long STALL_NANOS = Duration.ofSeconds(15).toNanos();

    private final KafkaConnection connection;
    private final TopicPartition partition;
    private final long end;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deque<Published> read = new ArrayDeque<>();

    /**
     * An event as it was published.
     *
     * @param event the event
     * @param json its value, letter by letter
     */
    public record Published(ReadEvent event, String json) {}

    /** What the topic holds now, and all that has been committed by now although its markers are on their way. */
    public PublishedEvents(KafkaConnection connection, Topic topic) {
        this.connection = connection;
        this.partition = new TopicPartition(topic.named(connection.prefix()), 0);
        this.end = settledEnd();
        this.consumer = connection.scanner();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    private long settledEnd() {
        try (Admin admin = connection.admin()) {
            long written =
                    LogEnd.of(admin, connection.bootstrap(), partition.topic()).end();
            long begun = System.nanoTime();
            long stable =
                    LogEnd.of(admin, connection.bootstrap(), partition.topic()).stable();
            while (stable < written && System.nanoTime() - begun < StateReader.MARKER_PATIENCE.toNanos()) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                stable = LogEnd.of(admin, connection.bootstrap(), partition.topic())
                        .stable();
            }
            return stable;
        }
    }

    @Override
    public void skipTo(long checkpoint) {
        while (peek().filter(next -> next.event().checkpoint() <= checkpoint).isPresent()) {
            read.remove();
        }
    }

    @Override
    public List<Published> upTo(long checkpoint) {
        List<Published> events = new ArrayList<>();
        while (peek().filter(next -> next.event().checkpoint() <= checkpoint).isPresent()) {
            events.add(read.remove());
        }
        return events;
    }

    private Optional<Published> peek() {
        long moved = System.nanoTime();
        try {
            while (read.isEmpty() && consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> found : consumer.poll(POLL)) {
                    if (found.offset() < end) {
                        ReadEvent.of(found)
                                .ifPresent(event -> read.add(
                                        new Published(event, new String(found.value(), StandardCharsets.UTF_8))));
                        moved = System.nanoTime();
                    }
                }
                if (System.nanoTime() - moved > STALL_NANOS) {
                    throw new TimeoutException("no record of " + partition.topic());
                }
            }
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + partition.topic(), connection.bootstrap(), failed);
        }
        return Optional.ofNullable(read.peek());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
    }
}
