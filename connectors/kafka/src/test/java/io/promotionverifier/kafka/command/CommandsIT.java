package io.promotionverifier.kafka.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.kafka.Broker;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.NotSetUpException;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Orders through a real topic. */
final class CommandsIT {
    private static final Order RAISE = new Order(Command.Kind.RAISE, Sample.PROMOTION, "cases are lost", "ana");

    @Test
    void ordersAreReadFromTheNumberThatTheCheckpointGivesAndTheRestIsTold() {
        KafkaConnection connection = Broker.withTopics();
        assertThat(CommandReader.nextNumber(connection)).isZero();
        assertThat(new CommandWriter(connection).send(RAISE)).isZero();
        write(connection, "not json");
        write(connection, "{\"command\": \"dance\", \"promotion\": \"PROMO-001\"}");
        write(connection, "{\"command\": \"clear\", \"promotion\": \"no id!\"}");
        write(connection, "{\"command\": \"clear\", \"promotion\": \"PROMO-001\"}");
        List<IgnoredCommand> ignored = new ArrayList<>();

        List<Command> all = read(connection, 0, 2, ignored);

        assertThat(all.get(0))
                .usingRecursiveComparison()
                .ignoringFields("sent")
                .isEqualTo(
                        new Command(Command.Kind.RAISE, Sample.PROMOTION, "cases are lost", "ana", Instant.EPOCH, 0));
        assertThat(all.get(0).sent())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        assertThat(all.get(1).kind()).isEqualTo(Command.Kind.CLEAR);
        assertThat(all.get(1).number()).isEqualTo(4);
        assertThat(ignored).extracting(IgnoredCommand::number).containsExactly(1L, 2L, 3L);
        assertThat(ignored.get(1).why()).isEqualTo("the command \"dance\" is not supported");
        assertThat(read(connection, 1, 1, ignored)).extracting(Command::number).containsExactly(4L);
        assertThat(CommandReader.nextNumber(connection)).isEqualTo(5);
    }

    private static void write(KafkaConnection connection, String value) {
        Broker.write(
                connection,
                List.of(new ProducerRecord<>(
                        Topic.COMMANDS.named(connection.prefix()),
                        "PROMO-001",
                        value.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<Command> read(KafkaConnection connection, long from, int count, List<IgnoredCommand> ignored) {
        List<Command> commands = new ArrayList<>();
        try (CommandReader reader = CommandReader.open(connection, from, ignored::add)) {
            while (commands.size() < count) {
                commands.addAll(reader.poll(Duration.ofSeconds(1)));
            }
        }
        return commands;
    }

    @Test
    void anOrderHasTheShapeOfTheContract() {
        KafkaConnection connection = Broker.withTopics();
        new CommandWriter(connection).send(RAISE);
        ConsumerRecord<String, byte[]> found = Broker.committed(connection, Topic.COMMANDS.named(connection.prefix()))
                .get(0);
        assertThat(found.key()).isEqualTo("PROMO-001");
        assertThat(found.headers().lastHeader("ce_type").value())
                .isEqualTo("verifier.command.v1".getBytes(StandardCharsets.UTF_8));
        assertThat(Json.parse(found.value()))
                .isEqualTo(Json.parse("{\"command\": \"raise\", \"promotion\": \"PROMO-001\","
                        + " \"reason\": \"cases are lost\", \"by\": \"ana\"}"));
    }

    @Test
    void aTopicThatIsMissingOrShorterThanTheStateSaysIsRefused() {
        KafkaConnection nothing = Broker.empty();
        assertThatThrownBy(() -> new CommandWriter(nothing).send(RAISE)).isInstanceOf(NotSetUpException.class);
        assertThatThrownBy(() -> CommandReader.open(nothing, 0, told -> {})).isInstanceOf(NotSetUpException.class);
        KafkaConnection created = Broker.created(nothing);
        assertThatThrownBy(() -> CommandReader.open(created, 3, told -> {}))
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("3 commands were read");
    }
}
