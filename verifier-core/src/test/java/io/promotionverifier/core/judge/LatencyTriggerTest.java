package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.judge.WriteLatency.Measure;
import io.promotionverifier.core.promotion.LatencyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Slow dual-writing aborts by its own limits: convergence over a span, the application's writes by figure. */
class LatencyTriggerTest {
    private static final Instant NOON = Instant.parse("2025-01-16T12:00:00Z");
    private static final LatencyPolicy POLICY = new LatencyPolicy(
            Duration.ofSeconds(2),
            Duration.ofMinutes(15),
            100,
            Optional.of(Duration.ofMillis(250)),
            OptionalDouble.of(0.3));

    private final LatencyTrigger trigger = new LatencyTrigger(POLICY, ApplicationLatency.UNKNOWN);

    private static WriteLatency figure(Measure measure, long millis) {
        return new WriteLatency(measure, Duration.ofMillis(millis), Duration.ofMinutes(5));
    }

    private void converge(int samples, long millis, Instant at) {
        for (int i = 0; i < samples; i++) {
            trigger.converged(Duration.ofMillis(millis), at);
        }
    }

    @Test
    void aSlowP99CrossesOnceThereAreEnoughSamples() {
        converge(99, 3_000, NOON);
        assertThat(trigger.crossing(NOON)).isEmpty();

        converge(1, 3_000, NOON);
        Crossing crossing = trigger.crossing(NOON).orElseThrow();
        assertThat(crossing.rule()).isEqualTo(LatencyTrigger.CONVERGENCE);
        assertThat(crossing.evidence().sample()).isEqualTo(100);
        assertThat(crossing.evidence().observed()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aP99AtTheLimitIsNoCrossing() {
        converge(1_000, 2_000, NOON);
        assertThat(trigger.crossing(NOON)).isEmpty();
    }

    @Test
    void onePercentOfSlowWritesIsTolerated() {
        converge(990, 10, NOON);
        converge(10, 20_000, NOON);
        assertThat(trigger.crossing(NOON)).isEmpty();

        converge(1, 20_000, NOON);
        assertThat(trigger.crossing(NOON)).isPresent();
    }

    @Test
    void whatTheSpanLeftBehindCountsNoMore() {
        converge(200, 3_000, NOON);
        assertThat(trigger.crossing(NOON.plus(Duration.ofMinutes(13)))).isPresent();
        assertThat(trigger.crossing(NOON.plus(Duration.ofMinutes(15)))).isEmpty();
    }

    @Test
    void aRestartForgetsNoSample() {
        converge(200, 3_000, NOON);
        Map<Long, Optional<io.promotionverifier.core.ledger.Latencies.Snapshot>> durable =
                new HashMap<>(trigger.drainChanged());
        assertThat(trigger.drainChanged()).isEmpty();

        LatencyTrigger again = new LatencyTrigger(POLICY, trigger.application());
        durable.forEach((slot, latencies) -> again.restore(slot, latencies.orElseThrow()));
        assertThat(again.crossing(NOON)).isEqualTo(trigger.crossing(NOON));
    }

    @Test
    void theApplicationsP99IsHeldAgainstItsLimit() {
        assertThat(trigger.told(figure(Measure.P99, 250), NOON)).isEmpty();
        assertThat(trigger.told(figure(Measure.P99, 251), NOON).orElseThrow().rule())
                .isEqualTo(LatencyTrigger.APPLICATION);
    }

    @Test
    void theApplicationsWritesAreHeldAgainstThoseOfPhaseA() {
        assertThat(trigger.told(figure(Measure.MEAN, 100), NOON))
                .as("no baseline")
                .isEmpty();

        trigger.baseline(figure(Measure.MEAN, 100), NOON);
        assertThat(trigger.told(figure(Measure.MEAN, 130), NOON)).isEmpty();
        Crossing crossing = trigger.told(figure(Measure.MEAN, 140), NOON).orElseThrow();
        assertThat(crossing.rule()).isEqualTo(LatencyTrigger.OVER_BASELINE);
        assertThat(crossing.evidence().observed()).isCloseTo(0.4, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aClearKeepsTheBaseline() {
        trigger.baseline(figure(Measure.MEAN, 100), NOON);
        converge(200, 3_000, NOON);
        trigger.clear();

        assertThat(trigger.crossing(NOON)).isEmpty();
        assertThat(trigger.told(figure(Measure.MEAN, 140), NOON)).isPresent();
    }
}
