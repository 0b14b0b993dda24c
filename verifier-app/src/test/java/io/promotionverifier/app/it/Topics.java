package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

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
        TopicPartition partition = new TopicPartition(prefix + "." + topic, 0);
        List<Event> events = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> events.add(event(record)));
            }
        }
        // A barrier closes the transaction of a predecessor that was killed; readers pass over it.
        return events.stream()
                .filter(event -> !event.type().equals("verifier.barrier.v1"))
                .toList();
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
}
