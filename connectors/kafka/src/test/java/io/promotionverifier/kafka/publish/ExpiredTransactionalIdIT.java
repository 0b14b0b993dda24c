package io.promotionverifier.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.KafkaOptions;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/**
 * A broker that forgets a transactional id which nobody used for long: seven days by default
 * ({@code transactional.id.expiration.ms}), here seconds.
 */
final class ExpiredTransactionalIdIT {
    private static final CoreState INITIAL = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);

    @Test
    void aWriterWhoseIdWasForgottenIsDeadAndTheNextGoesOnWithNothingTwiceAndNothingLost() {
        KafkaOptions forgetful = KafkaOptions.temporary()
                .withSetting("transactional.id.expiration.ms", "12000")
                .withSetting("transaction.remove.expired.transaction.cleanup.interval.ms", "500")
                .withSetting("producer.id.expiration.ms", "12000")
                .withSetting("producer.id.expiration.check.interval.ms", "500");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(forgetful)) {
            KafkaConnection connection = Broker.created(Broker.at(kafka.bootstrap()));
            try (CheckpointPublisher asleep = CheckpointPublisher.open(connection, "nexus", true)) {
                asleep.restore();
                asleep.begin(INITIAL, Samples.ANCHOR, Sample.TIME);
                tell(asleep, "f-1");
                awaitForgotten(connection);
                assertThatThrownBy(() -> tell(asleep, "f-2")).isInstanceOf(PublishFailedException.class);
            }
            try (CheckpointPublisher next = CheckpointPublisher.open(connection, "nexus", true)) {
                assertThat(next.restore().orElseThrow().head().sequence()).isEqualTo(2);
                tell(next, "f-2");
            }
            assertThat(new TopicReader(connection).findings(FindingFilter.ALL))
                    .extracting(finding -> finding.get("id").asText())
                    .containsExactly("f-1", "f-2");
            assertThat(Broker.committed(connection, connection.prefix() + ".findings"))
                    .hasSize(2);
        }
    }

    private static void tell(CheckpointPublisher publisher, String finding) {
        publisher.publish(List.of(Sample.turned(finding, Sample.KEY, FindingState.SUSPECTED, 0)));
        publisher.commit(new Checkpoint(INITIAL, List.of(), List.of()), Samples.ANCHOR, Lag.UNKNOWN, false);
    }

    private static void awaitForgotten(KafkaConnection connection) {
        try (Admin admin = connection.admin()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> admin.listTransactions().all().get().isEmpty());
        }
    }
}
