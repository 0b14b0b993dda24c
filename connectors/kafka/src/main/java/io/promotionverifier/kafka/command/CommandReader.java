package io.promotionverifier.kafka.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.json.GateOverrideJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.WriteLatencyJson;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads orders from a given number on; the number is the offset, so what was read is known from the checkpoint alone.
 * Belongs to one thread. A record that cannot be acted on is told to the callback and passed over, never thrown.
 */
public final class CommandReader implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final KafkaConnection connection;
    private final String topic;
    private final Consumer<IgnoredCommand> ignored;
    private final KafkaConsumer<String, byte[]> consumer;

    private CommandReader(KafkaConnection connection, Consumer<IgnoredCommand> ignored) {
        this.connection = connection;
        this.topic = Topic.COMMANDS.named(connection.prefix());
        this.ignored = ignored;
        this.consumer = connection.consumer();
    }

    /**
     * Opens a reader.
     *
     * @param from the number of the next command, from the checkpoint
     * @throws StateCorruptException if the topic is shorter than that: it was made anew, and orders would be lost
     * @throws io.promotionverifier.kafka.client.NotSetUpException if the topic is missing
     */
    public static CommandReader open(KafkaConnection connection, long from, Consumer<IgnoredCommand> ignored) {
        long end = nextNumber(connection);
        String topic = Topic.COMMANDS.named(connection.prefix());
        if (from > end) {
            throw new StateCorruptException("The state says that " + from + " commands were read, but " + topic
                    + " ends at " + end + ": the topic was made anew. Begin a new generation with `uninstall` and"
                    + " `setup`.");
        }
        CommandReader reader = new CommandReader(connection, ignored);
        TopicPartition partition = new TopicPartition(topic, 0);
        reader.consumer.assign(List.of(partition));
        reader.consumer.seek(partition, from);
        return reader;
    }

    /** The number that the next command sent will have: what {@code setup} starts from. */
    public static long nextNumber(KafkaConnection connection) {
        String topic = Topic.COMMANDS.named(connection.prefix());
        try (Admin admin = connection.admin()) {
            return LogEnd.of(admin, connection.bootstrap(), topic).end();
        }
    }

    /** The orders that arrived, in order; empty when there is none within the time. */
    public List<Command> poll(Duration wait) {
        try {
            List<Command> commands = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> found : consumer.poll(wait)) {
                read(found).ifPresent(commands::add);
            }
            return commands;
        } catch (KafkaException failed) {
            throw BrokerFailures.of("read " + topic, connection.bootstrap(), failed);
        }
    }

    private Optional<Command> read(ConsumerRecord<String, byte[]> found) {
        try {
            byte[] value = Optional.ofNullable(found.value()).orElseGet(() -> new byte[0]);
            JsonNode node = Json.parse(value);
            String name = Members.text(node, "command");
            Optional<Command.Kind> kind = kind(name);
            if (kind.isEmpty()) {
                ignored.accept(new IgnoredCommand(found.offset(), "the command \"" + name + "\" is not supported"));
                return Optional.empty();
            }
            return Optional.of(new Command(
                    kind.get(),
                    new PromotionId(Members.text(node, "promotion")),
                    Members.anyText(node, "reason").orElse("no reason given"),
                    Members.anyText(node, "by").orElse("unknown"),
                    Instant.ofEpochMilli(found.timestamp()),
                    found.offset(),
                    latency(kind.get(), node),
                    overruled(kind.get(), node)));
        } catch (MalformedJsonException | IllegalArgumentException malformed) {
            ignored.accept(new IgnoredCommand(
                    found.offset(), Optional.ofNullable(malformed.getMessage()).orElse("malformed")));
            return Optional.empty();
        }
    }

    private static Optional<WriteLatency> latency(Command.Kind kind, JsonNode node) {
        return kind == Command.Kind.WRITE_LATENCY ? Optional.of(WriteLatencyJson.told(node)) : Optional.empty();
    }

    /** An override needs a name and a reason: nobody answers for one without. */
    private static Optional<Command.Overruled> overruled(Command.Kind kind, JsonNode node) {
        if (kind != Command.Kind.GATE_OVERRIDE) {
            return Optional.empty();
        }
        if (Members.text(node, "reason").isBlank() || Members.text(node, "by").isBlank()) {
            throw new MalformedJsonException("an override of the gate needs a name and a reason");
        }
        return Optional.of(GateOverrideJson.parseOverruled(node));
    }

    private static Optional<Command.Kind> kind(String name) {
        return Arrays.stream(Command.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
    }
}
