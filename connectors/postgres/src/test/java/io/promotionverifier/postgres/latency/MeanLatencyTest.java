package io.promotionverifier.postgres.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.postgres.latency.WriteTally.Counted;
import io.promotionverifier.postgres.latency.WriteTally.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeanLatencyTest {
    private static final Instant START = Instant.parse("2025-01-16T00:00:00Z");
    private static final Statement INSERT = new Statement(10, 1, true);
    private static final Statement UPDATE = new Statement(10, 2, true);

    private final MeanLatency mean = new MeanLatency(10);

    private static WriteTally tally(long second, Map<Statement, Counted> statements) {
        return new WriteTally(START.plusSeconds(second), Optional.of(START), statements);
    }

    private static Optional<WriteLatency> figure(Optional<MeanLatency.Measured> measured) {
        return measured.map(MeanLatency.Measured::latency);
    }

    private static Optional<WriteLatency> figure(long nanos, long seconds) {
        return Optional.of(
                new WriteLatency(WriteLatency.Measure.MEAN, Duration.ofNanos(nanos), Duration.ofSeconds(seconds)));
    }

    @Test
    void theFirstLookHasNothingToCompareWith() {
        assertThat(mean.look(tally(0, Map.of(INSERT, new Counted(1_000, 5_000)))))
                .isEmpty();
    }

    @Test
    void theMeanIsThatOfAllWritesBetweenTwoLooks() {
        mean.look(tally(0, Map.of(INSERT, new Counted(1_000, 5_000), UPDATE, new Counted(10, 1_000))));

        assertThat(figure(mean.look(
                        tally(60, Map.of(INSERT, new Counted(1_010, 5_020), UPDATE, new Counted(20, 1_060))))))
                .isEqualTo(figure(4_000_000, 60));
    }

    @Test
    void tooFewWritesAreGatheredUntilThereAreEnough() {
        mean.look(tally(0, Map.of(INSERT, new Counted(0, 0))));

        assertThat(mean.look(tally(60, Map.of(INSERT, new Counted(9, 9))))).isEmpty();
        assertThat(figure(mean.look(tally(120, Map.of(INSERT, new Counted(10, 20))))))
                .isEqualTo(figure(2_000_000, 120));
    }

    @Test
    void aStatementThatTheServerForgotInBetweenCountsFromItsReturn() {
        mean.look(tally(0, Map.of(INSERT, new Counted(1_000, 5_000))));

        assertThat(figure(mean.look(tally(60, Map.of(INSERT, new Counted(20, 60), UPDATE, new Counted(20, 20))))))
                .isEqualTo(figure(2_000_000, 60));
    }

    @Test
    void aResetOfAllStatisticsIsSeenEvenWhenTheCountersHaveGrownPastTheOldOnes() {
        mean.look(tally(0, Map.of(INSERT, new Counted(10, 10))));
        WriteTally after = new WriteTally(
                START.plusSeconds(60), Optional.of(START.plusSeconds(1)), Map.of(INSERT, new Counted(20, 100)));

        assertThat(figure(mean.look(after))).isEqualTo(figure(5_000_000, 60));
    }
}
