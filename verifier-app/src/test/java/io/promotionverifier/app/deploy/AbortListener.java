package io.promotionverifier.app.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The consumer that docs/topics.md shows; compiled here so that it stays right. */
abstract class AbortListener {
    abstract void page(String id, String type, String promotion, String event);

    void listen() {
        // shown in docs/topics.md: begin
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:19092",
                "group.id", "alerting",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("verifier.aborts"));
            while (true) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    String id = new String(event.headers().lastHeader("ce_id").value(), UTF_8);
                    String type =
                            new String(event.headers().lastHeader("ce_type").value(), UTF_8);
                    if (type.startsWith("verifier.abort.")) {
                        page(id, type, event.key(), event.value());
                    }
                }
                consumer.commitSync();
            }
        }
        // shown in docs/topics.md: end
    }
}
