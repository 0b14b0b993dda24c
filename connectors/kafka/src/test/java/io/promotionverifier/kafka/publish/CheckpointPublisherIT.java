package io.promotionverifier.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.RowRecord;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.Broker;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.Samples;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.NotSetUpException;
import io.promotionverifier.kafka.json.AbortJson;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.ReadEvent;
import io.promotionverifier.kafka.read.TopicFollower;
import io.promotionverifier.kafka.read.TopicReader;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.state.StateFold;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.kafka.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Checkpoints on a real broker: whole or not at all, by one publisher at a time. */
final class CheckpointPublisherIT {
    private static final Lag LAG = new Lag(OptionalLong.of(12), OptionalDouble.of(0.5));
    private static final String SOURCE = "nexus";

    @Test
    void nothingIsVisibleBeforeTheCommitAndEverythingAfterIt() {
        KafkaConnection connection = Broker.withTopics();
        TopicReader reader = new TopicReader(connection);
        String findings = Topic.FINDINGS.named(connection.prefix());
        try (CheckpointPublisher publisher = started(connection);
                TopicFollower subscriber = new TopicFollower(connection, Topic.FINDINGS)) {
            publisher.publish(List.of(
                    Sample.turned("f-1", Sample.KEY, FindingState.SUSPECTED, 0),
                    Sample.turned("f-1", Sample.KEY, FindingState.CONFIRMED, 1),
                    new Effect.AbortRaised(Sample.abort("a-1"))));
            await().until(() -> Broker.uncommitted(connection, findings).size() == 2);
            assertThat(subscriber.poll(Duration.ofSeconds(1))).isEmpty();
            assertThat(reader.findings(FindingFilter.ALL)).isEmpty();
            assertThat(reader.aborts()).isEmpty();
            assertThat(sequence(connection)).isEqualTo(1);

            assertThat(publisher.commit(checkpoint(remembered()), Samples.ANCHOR, LAG, true))
                    .isEqualTo(2);

            assertThat(reader.findings(FindingFilter.ALL))
                    .extracting(finding -> finding.get("state").asText())
                    .containsExactly("confirmed");
            assertThat(AbortJson.parse(reader.aborts().get(0).value()).id()).isEqualTo("a-1");
            assertThat(reader.statuses().values())
                    .extracting(status -> status.at("/lag/bytes").asLong())
                    .containsExactly(12L);
            RestoredState state = new StateReader(connection).latest().orElseThrow();
            assertThat(state.head().sequence()).isEqualTo(2);
            assertThat(state.head().statuses())
                    .extracting(status -> status.at("/lag/seconds").asDouble())
                    .containsExactly(0.5);
        }
    }

    @Test
    void everyEventHasTheHeadersOfACloudEventAndTheStampOfItsCheckpoint() {
        KafkaConnection connection = Broker.withTopics();
        try (CheckpointPublisher publisher = started(connection);
                TopicFollower follower = new TopicFollower(connection, Topic.ABORTS)) {
            publisher.publish(List.of(
                    new Effect.AbortRaised(Sample.abort("a-1")),
                    new Effect.AbortEnded(
                            new AbortCleared(Sample.abort("a-1"), Sample.TIME.plusSeconds(1), "ana", "over"))));
            publisher.commit(checkpoint(List.of()), Samples.ANCHOR, Lag.UNKNOWN, false);
            List<ConsumerRecord<String, byte[]>> found =
                    Broker.committed(connection, Topic.ABORTS.named(connection.prefix()));
            assertThat(found).extracting(ConsumerRecord::key).containsOnly("PROMO-001");
            assertThat(headers(found.get(0)))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "a-1",
                            "ce_source", "/verifier/nexus",
                            "ce_type", "verifier.abort.raised.v1",
                            "ce_subject", "PROMO-001",
                            "ce_time", "2025-01-16T09:30:00.500000Z",
                            "content-type", "application/json",
                            "verifier_checkpoint", "1/2"));
            List<ReadEvent> followed = new ArrayList<>();
            while (followed.size() < 2) {
                followed.addAll(follower.poll(Duration.ofSeconds(1)));
            }
            assertThat(followed)
                    .extracting(event -> event.type().orElseThrow())
                    .containsExactly(EventType.ABORT_RAISED, EventType.ABORT_CLEARED);
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new java.util.TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    @Test
    void aSecondPublisherFencesTheFirstAndItsOpenTransactionNeverHappened() {
        KafkaConnection connection = Broker.withTopics();
        try (CheckpointPublisher zombie = started(connection)) {
            zombie.publish(List.of(Sample.turned("lost", Sample.KEY, FindingState.SUSPECTED, 0)));
            try (CheckpointPublisher heir = CheckpointPublisher.open(connection, SOURCE, true)) {
                assertThat(heir.restore().orElseThrow().head().sequence()).isEqualTo(1);
                assertThat(heir.incarnation()).isEqualTo(2);
                assertThatThrownBy(() -> zombie.commit(checkpoint(List.of()), Samples.ANCHOR, Lag.UNKNOWN, true))
                        .isInstanceOf(FencedException.class)
                        .hasMessageContaining(connection.prefix() + "." + SOURCE);
                assertThatThrownBy(() ->
                                zombie.publish(List.of(Sample.turned("late", Sample.KEY, FindingState.SUSPECTED, 0))))
                        .isInstanceOf(FencedException.class);
                heir.publish(List.of(Sample.turned("kept", Sample.KEY, FindingState.SUSPECTED, 0)));
                heir.commit(checkpoint(List.of()), Samples.ANCHOR, Lag.UNKNOWN, false);
            }
        }
        assertThat(new TopicReader(connection).findings(FindingFilter.ALL))
                .extracting(finding -> finding.get("id").asText())
                .containsExactly("kept");
    }

    @Test
    void theStateRestoredIsTheStateCommittedTombstonesIncluded() {
        KafkaConnection connection = Broker.withTopics();
        Samples samples = new Samples(99);
        CoreState core = samples.core();
        RowKey second = new RowKey("{\"id\": 2}");
        try (CheckpointPublisher publisher = started(connection)) {
            publisher.commit(
                    new Checkpoint(samples.core(), List.of(row(Sample.KEY, 1), row(second, 2)), List.of()),
                    Samples.ANCHOR,
                    LAG,
                    false);
            publisher.commit(
                    new Checkpoint(
                            core,
                            List.of(new StateEntry.Row(Sample.PROMOTION, Sample.KEY, Optional.empty()), row(second, 7)),
                            List.of()),
                    Samples.ANCHOR,
                    LAG,
                    false);
        }
        try (CheckpointPublisher next = CheckpointPublisher.open(connection, SOURCE, true)) {
            RestoredState state = next.restore().orElseThrow();
            assertThat(state.head().core()).isEqualTo(core);
            assertThat(state.head().anchor()).isEqualTo(Samples.ANCHOR);
            assertThat(state.head().sequence()).isEqualTo(3);
            assertThat(state.entries()).containsExactly(row(second, 7));
            next.begin(CoreState.initial(2, ResumePoint.startingAt(Lsn.ZERO), 5), Samples.ANCHOR, Sample.TIME);
            RestoredState begun = new StateReader(connection).latest().orElseThrow();
            assertThat(begun.entries()).isEmpty();
            assertThat(begun.head().core().generation()).isEqualTo(2);
        }
        assertThat(types(Broker.committed(connection, Topic.HISTORY.named(connection.prefix()))))
                .containsExactly("verifier.generation.v1", "verifier.generation.v1");
    }

    @Test
    void aStateCopiedRecordByRecordIsValidAndATamperedOrCutOneIsNot() {
        KafkaConnection connection = Broker.withTopics();
        try (CheckpointPublisher publisher = started(connection)) {
            publisher.commit(checkpoint(remembered()), Samples.ANCHOR, LAG, false);
        }
        List<ConsumerRecord<String, byte[]>> log = Broker.committed(connection, Topic.STATE.named(connection.prefix()));

        KafkaConnection copy = copied(log);
        try (CheckpointPublisher publisher = CheckpointPublisher.open(copy, SOURCE, true)) {
            assertThat(publisher.restore().orElseThrow().entries()).isEqualTo(remembered());
        }
        KafkaConnection cut = copied(log.subList(0, log.size() - 1));
        try (CheckpointPublisher publisher = CheckpointPublisher.open(cut, SOURCE, true)) {
            assertThatThrownBy(publisher::restore)
                    .isInstanceOf(StateCorruptException.class)
                    .hasMessageContaining("is not whole");
        }
        Broker.write(copy, List.of(record(copy, log.get(1).key(), "{\"past_episodes\": 0}")));
        assertThatThrownBy(() -> new StateReader(copy).latest())
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining(Topic.STATE.named(copy.prefix()));
        assertThatThrownBy(() -> new StateReader(copy).verifiedHead()).isInstanceOf(StateCorruptException.class);
        assertThatThrownBy(() -> new StateReader(copy).lastHead()).isInstanceOf(StateCorruptException.class);
    }

    @Test
    void theLastHeadIsFoundBehindWhateverFollowsIt() {
        KafkaConnection connection = Broker.withTopics();
        assertThat(new StateReader(connection).lastHead()).isEmpty();
        try (CheckpointPublisher publisher = started(connection)) {
            publisher.commit(checkpoint(remembered()), Samples.ANCHOR, LAG, false);
        }
        RestoredState state = new StateReader(connection).latest().orElseThrow();
        LastHead last = new LastHead(state.head(), state.written());

        assertThat(new StateReader(connection).lastHead()).contains(last);
        assertThat(new StateReader(connection).verifiedHead()).contains(last);
        Broker.write(connection, Collections.nCopies(1_500, record(connection, StateFold.BARRIER_KEY, "")));
        assertThat(new StateReader(connection).lastHead()).contains(last);
    }

    private static KafkaConnection copied(List<ConsumerRecord<String, byte[]>> log) {
        KafkaConnection copy = Broker.withTopics();
        Broker.write(
                copy,
                log.stream()
                        .map(found -> record(copy, found.key(), new String(found.value(), StandardCharsets.UTF_8)))
                        .toList());
        return copy;
    }

    private static ProducerRecord<String, byte[]> record(KafkaConnection connection, String key, String value) {
        return new ProducerRecord<>(
                Topic.STATE.named(connection.prefix()), key, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEmptyStateBesideEventsOfOursWasLostAndIsNoBeginning() {
        KafkaConnection connection = Broker.withTopics();
        try (CheckpointPublisher publisher = started(connection)) {
            publisher.commit(checkpoint(List.of()), Samples.ANCHOR, LAG, true);
        }
        KafkaConnection lost = Broker.withTopics();
        String status = Topic.STATUS.named(connection.prefix());
        Broker.write(
                lost,
                Broker.committed(connection, status).stream()
                        .map(found -> new ProducerRecord<>(
                                Topic.STATUS.named(lost.prefix()), 0, found.key(), found.value(), found.headers()))
                        .toList());
        try (CheckpointPublisher publisher = CheckpointPublisher.open(lost, SOURCE, true)) {
            assertThatThrownBy(publisher::restore)
                    .isInstanceOf(StateCorruptException.class)
                    .hasMessageContaining("the state was lost")
                    .hasMessageContaining(Topic.STATE.named(lost.prefix()));
        }
    }

    @Test
    void aBarrierSettlesAnUnsettledPartitionAndNoReaderSeesIt() {
        KafkaConnection connection = Broker.withTopics();
        String findings = Topic.FINDINGS.named(connection.prefix());
        try (KafkaProducer<String, byte[]> foreign =
                Broker.producer(connection, Map.of("transactional.id", connection.prefix() + "-foreign"))) {
            foreign.initTransactions();
            foreign.beginTransaction();
            var unused = foreign.send(new ProducerRecord<>(findings, "x", new byte[] {'{', '}'}));
            foreign.flush();
            try (CheckpointPublisher publisher = CheckpointPublisher.open(connection, SOURCE, true)) {
                foreign.abortTransaction();
                begun(publisher);
                publisher.publish(List.of(Sample.turned("f-1", Sample.KEY, FindingState.SUSPECTED, 0)));
                publisher.commit(checkpoint(List.of()), Samples.ANCHOR, LAG, false);
            }
        }
        assertThat(types(Broker.uncommitted(connection, findings))).contains("verifier.barrier.v1");
        assertThat(new TopicReader(connection).findings(FindingFilter.ALL))
                .extracting(finding -> finding.get("id").asText())
                .containsExactly("f-1");
        assertThat(types(Broker.committed(connection, Topic.COUNTERS.named(connection.prefix()))))
                .isEmpty();
    }

    @Test
    void withoutTopicsNothingStarts() {
        KafkaConnection nothing = Broker.empty();
        assertThatThrownBy(() -> CheckpointPublisher.open(nothing, SOURCE, true))
                .isInstanceOf(NotSetUpException.class)
                .hasMessageContaining(Topic.ABORTS.named(nothing.prefix()))
                .hasMessageContaining("setup");
        assertThatThrownBy(() -> new TopicReader(nothing).findings(FindingFilter.ALL))
                .isInstanceOf(NotSetUpException.class);
        assertThatThrownBy(() -> new StateReader(nothing).latest()).isInstanceOf(NotSetUpException.class);
        KafkaConnection created = Broker.created(nothing);
        assertThat(new StateReader(created).latest()).isEmpty();
    }

    private static CheckpointPublisher started(KafkaConnection connection) {
        CheckpointPublisher publisher = CheckpointPublisher.open(connection, SOURCE, true);
        begun(publisher);
        return publisher;
    }

    private static void begun(CheckpointPublisher publisher) {
        assertThat(publisher.restore()).isEmpty();
        publisher.begin(CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0), Samples.ANCHOR, Sample.TIME);
    }

    private static long sequence(KafkaConnection connection) {
        return new StateReader(connection).latest().orElseThrow().head().sequence();
    }

    private static Checkpoint checkpoint(List<StateEntry> changed) {
        CoreState core = CoreState.initial(1, ResumePoint.startingAt(Lsn.parse("0/10")), 0);
        return new Checkpoint(core, changed, List.of(Sample.status(Optional.empty(), Optional.of(Sample.TIME))));
    }

    private static List<StateEntry> remembered() {
        return List.of(row(Sample.KEY, 1), row(new RowKey("{\"id\": 2}"), 2));
    }

    private static StateEntry row(RowKey key, int pastEpisodes) {
        return new StateEntry.Row(
                Sample.PROMOTION,
                key,
                Optional.of(new RowRecord(
                        Optional.of(Sample.finding("f", key, FindingState.CONFIRMED, 1)),
                        pastEpisodes,
                        Optional.empty())));
    }

    private static List<String> types(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(found ->
                        EventHeaders.get(found.headers(), EventHeaders.TYPE).orElse("none"))
                .toList();
    }
}
