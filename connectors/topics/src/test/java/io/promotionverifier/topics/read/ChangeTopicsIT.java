package io.promotionverifier.topics.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.postgres.decode.RecordDecoder;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.topics.decode.ChangeReader;
import io.promotionverifier.topics.decode.ConnectorForm;
import io.promotionverifier.topics.decode.Seen.Overlooked;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker can take away from under a reader: each is a loss with a name, and none is passed over in silence. */
class ChangeTopicsIT {
    private static final int RECORDS = 10;
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final String topic = "cdc-" + UUID.randomUUID() + ".public.cases";
    private final KafkaConnection connection =
            new KafkaConnection(SharedServers.get().bootstrap(), "it", Map.of());
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", connection.bootstrap()));
    private final ChangeTopics topics = new ChangeTopics(connection, List.of(topic));

    @BeforeEach
    void tenTombstones() {
        create(Map.of());
        Map<String, Object> settings = Map.of("bootstrap.servers", connection.bootstrap());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                var unused = producer.send(new ProducerRecord<>(topic, 0, "key", null));
            }
            producer.flush();
        }
    }

    @AfterEach
    void close() {
        admin.close();
        topics.close();
    }

    private void create(Map<String, String> settings) {
        await(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(settings)))
                .all());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        return answer.toCompletionStage().toCompletableFuture().join();
    }

    private Position at(long offset) {
        Position now = topics.ends(Lsn.ZERO);
        Map<String, Position.Topic> moved = new HashMap<>();
        now.topics()
                .forEach((name, known) ->
                        moved.put(name, new Position.Topic(known.id(), Map.of(0, offset), Map.of(0, 0L))));
        return new Position(Lsn.ZERO, moved);
    }

    /** What retention does, at once. */
    private void deleteBefore(long offset) {
        await(admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    private TopicReader reader(Position position) {
        UnreadableMarks marks = UnreadableMarks.random();
        return TopicReader.open(
                connection,
                topics,
                position,
                new ChangeReader(new ConnectorForm(Map.of("topic.prefix", "cdc")), List.of(), marks),
                new RecordDecoder("cdc", "none", text -> Optional.empty(), List.of(), marks));
    }

    @Test
    void whatRetentionRemovedIsALossAndWhatItLeftIsNone() {
        deleteBefore(6);

        assertThat(topics.loss(at(3)).orElse("none"))
                .contains(topic, "no longer holds offset 3 of partition 0", "begins at 6", "retention");
        assertThat(topics.loss(at(6))).isEmpty();
        assertThat(topics.loss(at(RECORDS))).isEmpty();
        assertThat(topics.loss(at(RECORDS + 1)).orElse("none")).contains("no longer holds offset 11");
    }

    @Test
    void aTopicThatIsMadeAnewIsALossAlthoughItHoldsTheOffset() {
        Position before = at(0);
        await(admin.deleteTopics(List.of(topic)).all());
        Awaitility.await("the topic is gone").until(() -> topics.missing().equals(List.of(topic)));
        assertThat(topics.loss(before))
                .as("somebody else tells that it is missing")
                .isEmpty();
        Awaitility.await("its name is free").ignoreExceptions().until(() -> {
            create(Map.of());
            return true;
        });

        assertThat(topics.missing()).isEmpty();
        assertThat(topics.loss(before).orElse("none")).contains(topic, "deleted and made anew");
    }

    @Test
    void morePartitionsAreALoss() {
        Position before = at(RECORDS);
        await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all());
        Awaitility.await("the broker knows")
                .until(() -> topics.describe().values().stream().allMatch(now -> now.partitions() == 3));

        assertThat(topics.loss(before).orElse("none")).contains("has 3 partitions, and had 1");
    }

    @Test
    void aReaderThatRetentionOvertakesFailsInsteadOfGoingOnBehindTheHole() {
        Position before = at(2);
        try (TopicReader reader = reader(before)) {
            deleteBefore(6);

            assertThatThrownBy(() -> Awaitility.await("what is left").until(() -> {
                        reader.next(GLANCE);
                        return !reader.overlooked().isEmpty();
                    }))
                    .isInstanceOf(KafkaConnectorException.class)
                    .hasMessageContaining("read the change topics");
        }
        assertThat(topics.loss(before)).isPresent();
    }

    @Test
    void whatIsPassedOverIsCounted() {
        try (TopicReader reader = reader(at(2))) {
            Map<Overlooked, Long> counted = new HashMap<>();
            Awaitility.await("all tombstones").until(() -> {
                reader.next(GLANCE);
                reader.overlooked().forEach((why, records) -> counted.merge(why, records, Long::sum));
                return counted.equals(Map.of(Overlooked.TOMBSTONE, RECORDS - 2L));
            });
            assertThat(reader.overlooked()).isEmpty();
        }
    }
}
