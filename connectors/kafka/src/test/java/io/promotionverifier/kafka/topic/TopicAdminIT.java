package io.promotionverifier.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.kafka.Broker;
import io.promotionverifier.kafka.client.BrokerAccessRefusedException;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.BrokerUnreachableException;
import io.promotionverifier.kafka.client.ClientSettingsException;
import io.promotionverifier.kafka.client.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The topics on a real broker. */
final class TopicAdminIT {
    @Test
    void theTopicsAreCreatedOnceAndExactlyAsWanted() {
        KafkaConnection connection = Broker.empty();
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            assertThat(admin.problems(Broker.POLICY)).hasSize(7).allMatch(TopicProblem::refuses);
            assertThat(admin.createMissing(Broker.POLICY))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                            .map(topic -> topic.named(connection.prefix()))
                            .toList());
            assertThat(admin.problems(Broker.POLICY)).isEmpty();
            assertThat(admin.createMissing(Broker.POLICY)).isEmpty();
            admin.requireUsable(Broker.POLICY);
        }
    }

    @Test
    void whatDiffersIsNamedWithItsRemedyAndOnlyWhatHarmsRefuses() {
        KafkaConnection connection = Broker.empty();
        String history = Topic.HISTORY.named(connection.prefix());
        String state = Topic.STATE.named(connection.prefix());
        try (Admin plain = connection.admin();
                TopicAdmin admin = new TopicAdmin(connection)) {
            create(plain, connection, new NewTopic(history, 3, (short) 1));
            create(plain, connection, new NewTopic(state, 1, (short) 1).configs(Map.of("cleanup.policy", "delete")));
            admin.createMissing(Broker.POLICY);
            List<TopicProblem> problems = admin.problems(Broker.POLICY);
            assertThat(problems)
                    .contains(
                            new TopicProblem.Partitions(history, 3),
                            new TopicProblem.Setting(history, "retention.ms", "604800000", "3888000000"),
                            new TopicProblem.Setting(state, "cleanup.policy", "delete", "compact"));
            assertThatThrownBy(() -> admin.requireUsable(Broker.POLICY))
                    .isInstanceOf(TopicSettingsException.class)
                    .hasMessageContaining(history + " has 3 partitions")
                    .hasMessageContaining(state + " has cleanup.policy=delete, not compact")
                    .hasMessageNotContaining("retention.ms");
        }
    }

    private static void create(Admin admin, KafkaConnection connection, NewTopic topic) {
        BrokerFailures.await(admin.createTopics(List.of(topic)).all(), "create " + topic, connection.bootstrap());
    }

    @Test
    void theBrokersMinorVersionTellsWhetherMarkersAreSafe() {
        try (TopicAdmin admin = new TopicAdmin(Broker.empty())) {
            Brokers brokers = admin.brokers();
            assertThat(brokers.count()).isEqualTo(1);
            assertThat(brokers.clusterId()).isNotEmpty();
            assertThat(brokers.markers()).isEqualTo(MarkerSafety.SAFE);
            assertThat(brokers.age()).isEqualTo(BrokerAge.SUPPORTED);
            assertThat(brokers.transactionVersion()).hasValue(2);
        }
    }

    @Test
    void whatWeMayDoIsAskedWithoutDoingIt() {
        KafkaConnection connection = Broker.empty();
        try (TopicAdmin admin = new TopicAdmin(connection);
                ClusterRights rights = new ClusterRights(connection)) {
            assertThat(rights.topics()).isEmpty();
            assertThat(rights.mayCreateTopics()).isTrue();
            admin.createMissing(Broker.POLICY);
            assertThat(rights.topics())
                    .hasSize(Topic.values().length)
                    .allMatch(topic -> topic.lacking().isEmpty() && topic.replicas() == 1);
            assertThat(rights.transactionalId(connection.prefix() + ".nobody"))
                    .isEqualTo(ClusterRights.IdRight.GRANTED);
        }
    }

    @Test
    void brokersBefore37AreTooOld() {
        assertThat(BrokerAge.of((short) 14)).isEqualTo(BrokerAge.TOO_OLD);
        assertThat(BrokerAge.of((short) 15)).isEqualTo(BrokerAge.SUPPORTED);
    }

    @Test
    void aWrongAddressIsKnownWithinTenSeconds() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        Instant begun = Instant.now();
        try (TopicAdmin admin = new TopicAdmin(new KafkaConnection("127.0.0.1:" + closed, "x", Map.of()))) {
            assertThatThrownBy(admin::brokers)
                    .isInstanceOf(BrokerUnreachableException.class)
                    .hasMessageContaining("127.0.0.1:" + closed);
        }
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(12));
        assertThatThrownBy(() -> new TopicAdmin(new KafkaConnection("no.such.host.invalid:9092", "x", Map.of())))
                .isInstanceOf(BrokerUnreachableException.class)
                .hasMessageContaining("does not resolve");
    }

    @Test
    void credentialsThatTheListenerRefusesAndSettingsThatTheClientRefusesAreToldApart() {
        String bootstrap = Broker.empty().bootstrap();
        Map<String, String> sasl = Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"s3cret\";");
        try (TopicAdmin admin = new TopicAdmin(new KafkaConnection(bootstrap, "x", sasl))) {
            assertThatThrownBy(admin::brokers)
                    .isInstanceOf(BrokerAccessRefusedException.class)
                    .hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() ->
                        new TopicAdmin(new KafkaConnection(bootstrap, "x", Map.of("security.protocol", "NOTHING"))))
                .isInstanceOf(ClientSettingsException.class);
    }
}
