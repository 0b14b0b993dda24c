package io.promotionverifier.kafka.read;

import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Follows a topic from its beginning as a subscriber would, committed events only. Belongs to one thread. */
public final class TopicFollower implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final KafkaConnection connection;
    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;

    public TopicFollower(KafkaConnection connection, Topic followed) {
        this.connection = connection;
        this.topic = followed.named(connection.prefix());
        this.consumer = connection.consumer();
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** The next events, in order; empty when there is none within the time. */
    public List<ReadEvent> poll(Duration wait) {
        try {
            List<ReadEvent> events = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> found : consumer.poll(wait)) {
                ReadEvent.of(found).ifPresent(events::add);
            }
            return events;
        } catch (KafkaException failed) {
            throw BrokerFailures.of("follow " + topic, connection.bootstrap(), failed);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
    }
}
