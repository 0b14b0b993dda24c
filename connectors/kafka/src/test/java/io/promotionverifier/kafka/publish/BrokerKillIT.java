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
import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.KafkaOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A broker that is killed under an open transaction and comes back. */
final class BrokerKillIT {
    @Test
    void theBlockedCommitCompletesAndNothingIsThereTwice() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.temporary())) {
            KafkaConnection connection = Broker.created(Broker.at(kafka.bootstrap()));
            try (CheckpointPublisher publisher = CheckpointPublisher.open(connection, "nexus", true)) {
                publisher.restore();
                CoreState initial = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);
                publisher.begin(initial, Samples.ANCHOR, Sample.TIME);
                publisher.publish(List.of(Sample.turned("f-1", Sample.KEY, FindingState.SUSPECTED, 0)));
                kafka.kill();
                CompletableFuture<Void> back = CompletableFuture.runAsync(kafka::restart);
                publisher.publish(List.of(Sample.turned("f-2", Sample.KEY, FindingState.SUSPECTED, 0)));
                publisher.commit(new Checkpoint(initial, List.of(), List.of()), Samples.ANCHOR, Lag.UNKNOWN, false);
                back.join();
            }
            assertThat(new TopicReader(connection).findings(FindingFilter.ALL))
                    .extracting(finding -> finding.get("id").asText())
                    .containsExactly("f-1", "f-2");
            assertThat(Broker.committed(connection, connection.prefix() + ".findings"))
                    .hasSize(2);
        }
    }
}
