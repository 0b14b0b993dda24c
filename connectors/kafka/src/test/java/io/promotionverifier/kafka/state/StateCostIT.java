package io.promotionverifier.kafka.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowKey;
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
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What open findings cost when there are very many: the one checkpoint that tells them all, and the start that reads
 * them back. {@code -Pbounded} takes a million, the documented cap of one promotion.
 */
class StateCostIT {
    private static final int FINDINGS = Integer.getInteger("verifier.bounded.findings", 20_000);
    private static final String SOURCE = "nexus";

    private static RowKey key(int id) {
        return new RowKey("{\"id\": " + id + "}");
    }

    private static String name(int id) {
        return "PROMO-001:1:0/" + Integer.toHexString(id) + ":0";
    }

    private static StateEntry entry(int id) {
        return new StateEntry.Row(
                Sample.PROMOTION,
                key(id),
                Optional.of(new RowRecord(
                        Optional.of(Sample.finding(name(id), key(id), FindingState.SUSPECTED, 0)),
                        0,
                        Optional.empty())));
    }

    private static Checkpoint checkpoint(List<StateEntry> changed) {
        CoreState core = CoreState.initial(1, ResumePoint.startingAt(Lsn.parse("0/10")), 0);
        return new Checkpoint(core, changed, List.of(Sample.status(Optional.empty(), Optional.of(Sample.TIME))));
    }

    @Test
    void everyOpenFindingOfOneTransactionIsDurableAtOnceAndReadBack() {
        KafkaConnection connection = Broker.withTopics();
        Duration committed = committed(connection);

        forgetPeaks();
        Instant begun = Instant.now();
        try (CheckpointPublisher heir = CheckpointPublisher.open(connection, SOURCE, true)) {
            RestoredState restored = heir.restore().orElseThrow();
            Duration read = Duration.between(begun, Instant.now());
            assertThat(restored.entries()).hasSize(FINDINGS);
            assertThat(restored.entries().get(FINDINGS - 1)).isEqualTo(entry(FINDINGS - 1));
            System.out.printf(
                    "StateCostIT: %d findings; told and committed in %d ms; read back in %d ms with a peak of %d MB heap%n",
                    FINDINGS, committed.toMillis(), read.toMillis(), peakMegabytes());
            begun = Instant.now();
            heir.commit(checkpoint(List.of(entry(0))), Samples.ANCHOR, Lag.UNKNOWN, true);
            System.out.printf(
                    "StateCostIT: the next checkpoint, of one finding, in %d ms%n",
                    Duration.between(begun, Instant.now()).toMillis());
        }
    }

    private static Duration committed(KafkaConnection connection) {
        try (CheckpointPublisher publisher = CheckpointPublisher.open(connection, SOURCE, true)) {
            assertThat(publisher.restore()).isEmpty();
            publisher.begin(checkpoint(List.of()).state(), Samples.ANCHOR, Sample.TIME);
            List<StateEntry> entries = new ArrayList<>();
            Instant begun = Instant.now();
            for (int id = 0; id < FINDINGS; id++) {
                Effect told = Sample.turned(name(id), key(id), FindingState.SUSPECTED, 0);
                publisher.publish(List.of(told));
                entries.add(entry(id));
            }
            publisher.commit(checkpoint(entries), Samples.ANCHOR, Lag.UNKNOWN, true);
            return Duration.between(begun, Instant.now());
        }
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static void forgetPeaks() {
        ManagementFactory.getMemoryMXBean().gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Garbage included: an upper bound of what a start needs. */
    private static long peakMegabytes() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    }
}
