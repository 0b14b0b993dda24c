package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promotionverifier.app.cli.CommandShell;
import io.promotionverifier.app.cli.Invocation.Terminal;
import io.promotionverifier.app.command.StandardCommands;
import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.KafkaOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read four topics, and nothing else, replays a history and tells the story of a row; PostgreSQL is away. */
class ReadOnlyReplayIT {
    private static final Path RECORDED = Path.of("..", "connectors", "kafka", "src/test/resources/history/0.1.ndjson");
    private static final List<String> TOPICS = List.of("history", "findings", "counters", "aborts");
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"%s;";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of(".");

    /** A broker that knows who asks, and lets a reader do what it was granted. */
    private static EmbeddedKafka broker() {
        String users = " user_owner=\"own\" user_reader=\"read\"";
        return EmbeddedKafka.start(KafkaOptions.temporary()
                .withSetting("listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .withSetting("sasl.enabled.mechanisms", "PLAIN")
                .withSetting("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .withSetting("listener.name.clients.plain.sasl.jaas.config", LOGIN.formatted("owner", "own", users))
                .withSetting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .withSetting("super.users", "User:owner;User:ANONYMOUS"));
    }

    private static Map<String, Object> as(String user, String password, EmbeddedKafka broker) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN.formatted(user, password, ""));
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> user) {
        return new KafkaProducer<>(user, new StringSerializer(), new StringSerializer());
    }

    /** What a verifier of another day wrote, and the right to read it. */
    private static void prepare(EmbeddedKafka broker) throws IOException, ExecutionException, InterruptedException {
        Map<String, Object> owner = as("owner", "own", broker);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Admin admin = Admin.create(owner);
                Stream<String> lines = Files.lines(RECORDED)) {
            admin.createTopics(TOPICS.stream()
                            .map(topic -> new NewTopic("old." + topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            admin.createAcls(TOPICS.stream().map(ReadOnlyReplayIT::readable).toList())
                    .all()
                    .get();
            try (KafkaProducer<String, String> producer = producer(owner)) {
                for (String line : lines.filter(each -> !each.isBlank()).toList()) {
                    sent.add(producer.send(record(JSON.readTree(line))));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private static AclBinding readable(String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "old." + topic, PatternType.LITERAL),
                new AccessControlEntry("User:reader", "*", AclOperation.READ, AclPermissionType.ALLOW));
    }

    private static ProducerRecord<String, String> record(JsonNode line) {
        ProducerRecord<String, String> record = new ProducerRecord<>(
                "old." + line.path("topic").asText(),
                0,
                line.path("key").asText(),
                line.path("value").asText());
        line.path("headers")
                .properties()
                .forEach(header -> record.headers()
                        .add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private String configuration(EmbeddedKafka broker) {
        return """
                version: 1
                source: {name: nexus, url: "jdbc:postgresql://127.0.0.1:1/nexus", username: nobody, slot: s, publication: p}
                kafka:
                  bootstrap: "%s"
                  prefix: old
                  client:
                    security.protocol: SASL_PLAINTEXT
                    sasl.mechanism: PLAIN
                    sasl.jaas.config: '%s'
                promotions:
                  - {id: PROMO-001, table: public.nexus_cases, from: [metadata, priority], to: priority, phase: B, owner: a}
                """.formatted(broker.bootstrap(), LOGIN.formatted("reader", "read", ""));
    }

    private Installation.Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("-c", folder.resolve("verifier.yaml").toString()))
                .toArray(String[]::new);
        int exitCode = new CommandShell(StandardCommands::new, Map.of(), terminal).execute(all);
        return new Installation.Ended(exitCode, out.toString(), err.toString());
    }

    @Test
    void theRightToReadFourTopicsIsEnough() throws IOException, ExecutionException, InterruptedException {
        try (EmbeddedKafka broker = broker()) {
            prepare(broker);
            Files.writeString(folder.resolve("verifier.yaml"), configuration(broker));

            Installation.Ended replay = run("replay", "-o", "json");
            assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
            assertThat(replay.json().path("compared").asInt()).isPositive();

            Installation.Ended story = run("findings", "--key", "3", "--history", "-o", "json");
            assertThat(story.exitCode()).as(story.err()).isZero();
            assertThat(story.json().findValuesAsText("event"))
                    .contains("verifier.change.v1", "verifier.finding.resolved.v1");

            Map<String, Object> plain = new HashMap<>(as("reader", "read", broker));
            plain.put("enable.idempotence", false);
            try (KafkaProducer<String, String> reader = producer(plain)) {
                for (String topic : TOPICS) {
                    assertThatThrownBy(() -> reader.send(new ProducerRecord<>("old." + topic, 0, "k", "v"))
                                    .get())
                            .hasRootCauseInstanceOf(TopicAuthorizationException.class);
                }
            }
        }
    }
}
