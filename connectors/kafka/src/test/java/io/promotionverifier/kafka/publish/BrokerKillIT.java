package io.promotionverifier.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.Broker;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.Samples;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.TopicReader;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.KafkaOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A broker that is killed or frozen under an open transaction and comes back. */
final class BrokerKillIT {
    private static final CoreState INITIAL = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);
    private static final Duration HASTE = Duration.ofSeconds(2);

    private static void begin(CheckpointPublisher publisher) {
        publisher.restore();
        publisher.begin(INITIAL, Samples.ANCHOR, Sample.TIME);
    }

    private static void open(CheckpointPublisher publisher, String finding) {
        publisher.publish(List.of(Sample.turned(finding, Sample.KEY, FindingState.SUSPECTED, 0)));
    }

    private static void commit(CheckpointPublisher publisher) {
        publisher.commit(new Checkpoint(INITIAL, List.of(), List.of()), Samples.ANCHOR, Lag.UNKNOWN, false);
    }

    @Test
    void theBlockedCommitCompletesAndNothingIsThereTwice() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.temporary())) {
            KafkaConnection connection = Broker.created(Broker.at(kafka.bootstrap()));
            try (CheckpointPublisher publisher = CheckpointPublisher.open(connection, "nexus", true)) {
                begin(publisher);
                open(publisher, "f-1");
                kafka.kill();
                CompletableFuture<Void> back = CompletableFuture.runAsync(kafka::restart);
                open(publisher, "f-2");
                commit(publisher);
                back.join();
            }
            assertThat(new TopicReader(connection).findings(FindingFilter.ALL))
                    .extracting(finding -> finding.get("id").asText())
                    .containsExactly("f-1", "f-2");
            assertThat(Broker.committed(connection, connection.prefix() + ".findings"))
                    .hasSize(2);

            commitsThatTimeOutAreAskedForAgainAndNothingIsProducedAgain(kafka, connection);
        }
    }

    /**
     * The producer gives a commit up after two seconds and a request after half a second. A frozen broker keeps what
     * was sent and answers it late, beside what was sent again since; one that was killed has lost what it had not
     * read.
     */
    private static void commitsThatTimeOutAreAskedForAgainAndNothingIsProducedAgain(
            EmbeddedKafka kafka, KafkaConnection connection) {
        KafkaConnection hasty = new KafkaConnection(
                connection.bootstrap(),
                connection.prefix(),
                Map.of(
                        "max.block.ms", String.valueOf(HASTE.toMillis()),
                        "request.timeout.ms", "500",
                        "metadata.recovery.strategy",
                                "none")); // else it forgets where the topics are, and sends nothing
        try (CheckpointPublisher publisher = CheckpointPublisher.open(hasty, "nexus", true)) {
            publisher.restore();
            open(publisher, "f-3");
            commit(publisher); // else the frozen broker is first asked where the topics are, and nothing is sent at all
            open(publisher, "f-4");
            signal("STOP", kafka.pid());
            CompletableFuture<Void> thawed = CompletableFuture.runAsync(() -> {
                LockSupport.parkNanos(HASTE.multipliedBy(2).toNanos());
                signal("CONT", kafka.pid());
            });
            takesLongerThanTheProducerWaits(publisher);
            thawed.join();

            open(publisher, "f-5");
            kafka.kill();
            CompletableFuture<Void> back = CompletableFuture.runAsync(() -> {
                LockSupport.parkNanos(HASTE.toNanos());
                kafka.restart();
            });
            takesLongerThanTheProducerWaits(publisher);
            back.join();
        }
        assertThat(Broker.uncommitted(connection, connection.prefix() + ".findings"))
                .as("each was produced once")
                .hasSize(5);
        assertThat(Broker.committed(connection, connection.prefix() + ".findings"))
                .hasSize(5);
        assertThat(new StateReader(connection).latest().orElseThrow().head().sequence())
                .isEqualTo(5);
    }

    /** So that it was given up at least once, and asked for again. */
    private static void takesLongerThanTheProducerWaits(CheckpointPublisher publisher) {
        long begun = System.nanoTime();
        commit(publisher);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(HASTE);
    }

    private static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
