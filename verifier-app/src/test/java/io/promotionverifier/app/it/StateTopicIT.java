package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state topic is not what the verifier left: it says so, names the way out, and never begins again at zero. */
class StateTopicIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of(".");

    private static void refuses(Installation verifier, String... words) {
        DaemonProcess run = verifier.start("run");
        assertThat(run.exitCode(PATIENCE)).as(run.err()).isEqualTo(78);
        assertThat(run.err()).contains(words).contains(verifier.prefix() + ".state");
        refusesSetup(verifier, words);
    }

    private static void refusesSetup(Installation verifier, String... words) {
        Installation.Ended setup = verifier.run("setup");
        assertThat(setup.exitCode()).as(setup.err()).isEqualTo(78);
        assertThat(setup.err()).contains(words);
        assertThat(setup.out()).doesNotContain("generation");
    }

    private static void configure(Admin admin, String topic, String value)
            throws ExecutionException, InterruptedException {
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry("cleanup.policy", value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                .all()
                .get();
    }

    private static void delete(Admin admin, String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(PATIENCE).until(() -> {
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get();
                return false;
            } catch (ExecutionException gone) {
                return gone.getCause() instanceof UnknownTopicOrPartitionException;
            }
        });
    }

    private static void write(Installation verifier, String key, String value)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", verifier.bootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(verifier.prefix() + ".state", key, value))
                    .get();
        }
    }

    @Test
    void whateverIsWrongWithItTheWayOutIsNamedAndNothingBeginsAtZero() throws ExecutionException, InterruptedException {
        try (Installation verifier = new Installation(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", verifier.bootstrap()))) {
            String state = verifier.prefix() + ".state";
            assertThat(verifier.run("setup").exitCode()).isZero();

            configure(admin, state, "delete");
            refusesSetup(verifier, state + " has cleanup.policy=delete, not compact");
            assertThat(verifier.run("doctor").exitCode()).isEqualTo(1);
            configure(admin, state, "compact");
            assertThat(verifier.run("setup").exitCode()).isZero();

            write(verifier, "PROMO-001|row|{\"id\": 1}", "{\"past_episodes\": 1}");
            refuses(verifier, "is not whole", "Restore the topic from a copy");
            assertThat(verifier.run("status").exitCode()).isEqualTo(78);

            delete(admin, state);
            admin.createTopics(List.of(new NewTopic(state, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            refuses(verifier, "is empty", "the state was lost", "Restore it from a copy");

            delete(admin, state);
            refusesSetup(verifier, "the state was lost");
            assertThat(verifier.topics().history())
                    .filteredOn(event -> event.type().equals("verifier.generation.v1"))
                    .hasSize(1);
        }
    }
}
