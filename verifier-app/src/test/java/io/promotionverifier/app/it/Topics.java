package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics as any subscriber reads them: a plain {@code read_committed} consumer, no code of ours. */
final class Topics {
    private static final JsonMapper JSON = new JsonMapper();

    private final String bootstrap;
    private final String prefix;

    Topics(String bootstrap, String prefix) {
        this.bootstrap = bootstrap;
        this.prefix = prefix;
    }

    /** One event: key, headers and value. */
    record Event(String key, Map<String, String> headers, JsonNode value) {
        String type() {
            return headers.getOrDefault("ce_type", "");
        }

        /** True for a recorded row change. */
        boolean isChange() {
            return type().equals("verifier.change.v1");
        }

        String id() {
            return headers.getOrDefault("ce_id", "");
        }
    }

    List<Event> findings() {
        return read("findings");
    }

    List<Event> aborts() {
        return read("aborts");
    }

    List<Event> counters() {
        return read("counters");
    }

    List<Event> statuses() {
        return read("status");
    }

    List<Event> history() {
        return read("history");
    }

    List<Event> commands() {
        return read("commands");
    }

    /** The recorded row changes; the history holds what else the core was told, too. */
    List<Event> changes() {
        return history().stream().filter(Event::isChange).toList();
    }

    /** The topics that exist under the prefix. */
    List<String> names() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            return consumer.listTopics().keySet().stream()
                    .filter(name -> name.startsWith(prefix + "."))
                    .toList();
        }
    }

    private List<Event> read(String topic) {
        // A barrier closes the transaction of a predecessor that was killed; readers pass over it.
        return records(topic).stream()
                .map(Topics::event)
                .filter(event -> !event.type().equals("verifier.barrier.v1"))
                .toList();
    }

    private List<ConsumerRecord<String, String>> records(String topic) {
        TopicPartition partition = new TopicPartition(prefix + "." + topic, 0);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static Event event(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        try {
            return new Event(record.key(), headers, JSON.readTree(record.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All records of a topic as lines of JSON, values letter by letter: for a history that is kept. */
    List<String> lines(String topic) {
        List<String> lines = new ArrayList<>();
        for (ConsumerRecord<String, String> record : records(topic)) {
            ObjectNode node = JSON.createObjectNode().put("topic", topic).put("key", record.key());
            ObjectNode headers = node.putObject("headers");
            record.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            lines.add(node.put("value", record.value()).toString());
        }
        return lines;
    }

    /** The offset of the first event of a type. */
    long offsetOf(String topic, String type) {
        return records(topic).stream()
                .filter(record -> event(record).type().equals(type))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    /** What retention does, at once. */
    void deleteHistoryBefore(long offset) {
        deleteBefore(prefix + ".history", offset);
    }

    /** The same of a topic that need not be ours. */
    void deleteBefore(String topic, long offset) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** The offset behind the last record of a topic that need not be ours. */
    long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    /** Copies the topics that a replay reads under a longer prefix, the history without one record. */
    void copyHistoryWithout(long lost, String before) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        List<String> copied = List.of("history", "findings", "counters", "aborts");
        try (Admin admin = Admin.create(settings);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(copied.stream()
                            .map(topic -> new NewTopic(before + prefix + "." + topic, 1, (short) 1))
                            .toList())
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            List<Future<RecordMetadata>> futures = new ArrayList<>();
            for (ConsumerRecord<String, String> record : records("history")) {
                if (record.offset() != lost) {
                    futures.add(producer.send(new ProducerRecord<>(
                            before + prefix + ".history", 0, record.key(), record.value(), record.headers())));
                }
            }
            producer.flush();
            assertThat(futures).allMatch(Future::isDone);
        }
    }
}
