package io.promotionverifier.kafka.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.GateOverrideJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.topic.Topic;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends orders, each acknowledged by the broker before the call returns. Stateless. */
public final class CommandWriter {
    private static final int PATIENCE_MILLIS = 8_000;

    private final KafkaConnection connection;
    private final String topic;

    public CommandWriter(KafkaConnection connection) {
        this.connection = connection;
        this.topic = Topic.COMMANDS.named(connection.prefix());
    }

    /**
     * Sends an order; the daemon acts on it once, also if it is down now.
     *
     * @return its number: when a checkpoint has read more commands than that, it was acted on
     * @throws io.promotionverifier.kafka.client.NotSetUpException if the topic is missing
     * @throws io.promotionverifier.kafka.client.BrokerUnreachableException within ten seconds; the order may yet arrive
     */
    public long send(Order order) {
        requireTopic();
        Map<String, Object> tuning = Map.of(
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        Map<String, Object> guarantees =
                Map.of(ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        try (KafkaProducer<String, byte[]> producer = connection.producer(tuning, guarantees)) {
            return producer.send(record(order)).get().offset();
        } catch (ExecutionException | KafkaException failed) {
            throw BrokerFailures.of("write to " + topic, connection.bootstrap(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaConnectorException("interrupted while writing to " + topic, interrupted);
        }
    }

    /** A producer would create a missing topic, with the wrong settings, where the cluster allows it. */
    private void requireTopic() {
        try (Admin admin = connection.admin()) {
            LogEnd.of(admin, connection.bootstrap(), topic);
        }
    }

    private ProducerRecord<String, byte[]> record(Order order) {
        String promotion = order.promotion().value();
        ObjectNode value = Json.object()
                .put("command", Json.lower(order.kind()))
                .put("promotion", promotion)
                .put("reason", order.reason())
                .put("by", order.by());
        order.latency().ifPresent(figure -> {
            value.set("p99_seconds", Json.seconds(figure.value()));
            value.set("window_seconds", Json.seconds(figure.window()));
        });
        order.overruled().ifPresent(what -> GateOverrideJson.add(value, what));
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, promotion, Json.bytes(value));
        EventHeaders.add(record.headers(), EventHeaders.SPEC_VERSION, "1.0");
        EventHeaders.add(record.headers(), EventHeaders.ID, UUID.randomUUID().toString());
        EventHeaders.add(record.headers(), EventHeaders.SOURCE, "/verifier/command");
        EventHeaders.add(record.headers(), EventHeaders.TYPE, EventType.COMMAND.wireName());
        EventHeaders.add(record.headers(), EventHeaders.SUBJECT, promotion);
        EventHeaders.add(record.headers(), EventHeaders.CONTENT_TYPE, "application/json");
        return record;
    }
}
