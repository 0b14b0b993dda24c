package io.promotionverifier.kafka;

import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.topic.TopicAdmin;
import io.promotionverifier.kafka.topic.TopicPolicy;
import io.promotionverifier.sandbox.server.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The real broker, and plain clients on it as anybody else would use them. */
public final class Broker {
    public static final TopicPolicy POLICY = TopicPolicy.keeping(Duration.ofDays(45));

    private Broker() {}

    /** A prefix of its own, without topics. */
    public static KafkaConnection empty() {
        return at(SharedServers.get().bootstrap());
    }

    /** A prefix of its own at a broker of one's own, without topics. */
    public static KafkaConnection at(String bootstrap) {
        return new KafkaConnection(bootstrap, "it-" + UUID.randomUUID(), Map.of());
    }

    /** A prefix of its own with all topics. */
    public static KafkaConnection withTopics() {
        return created(empty());
    }

    /** The same with all topics. */
    public static KafkaConnection created(KafkaConnection connection) {
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            admin.createMissing(POLICY);
        }
        return connection;
    }

    /** A plain producer; transactional with an id. */
    public static KafkaProducer<String, byte[]> producer(KafkaConnection connection, Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.put("bootstrap.servers", connection.bootstrap());
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes records as they are, outside of any transaction. */
    public static void write(KafkaConnection connection, List<ProducerRecord<String, byte[]>> records) {
        try (KafkaProducer<String, byte[]> producer = producer(connection, Map.of())) {
            records.forEach(record -> {
                var unused = producer.send(record);
            });
            producer.flush();
        }
    }

    /** All records of a topic, committed or not: what a careless subscriber sees. */
    public static List<ConsumerRecord<String, byte[]>> uncommitted(KafkaConnection connection, String topic) {
        return read(connection, topic, "read_uncommitted");
    }

    /** All committed records of a topic. */
    public static List<ConsumerRecord<String, byte[]>> committed(KafkaConnection connection, String topic) {
        return read(connection, topic, "read_committed");
    }

    private static List<ConsumerRecord<String, byte[]>> read(
            KafkaConnection connection, String topic, String isolation) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, byte[]>> records = new java.util.ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", connection.bootstrap(), "isolation.level", isolation),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
