package io.promotionverifier.core.judge;

import io.promotionverifier.core.judge.WriteLatency.Measure;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.promotion.LatencyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds the time that split writes take to converge, and the application's own write latency, against their limits.
 * Confined to the thread that walks the line.
 */
public final class LatencyTrigger {
    /** Slower than this is worth a warning: the default of the SOP. */
    public static final double WARN_OVER_BASELINE = 0.15;

    /** The rule on the time between the halves of split writes. */
    public static final String CONVERGENCE = "convergence p99";

    /** The rule on the application's own writes. */
    public static final String APPLICATION = "application p99";

    /** The rule on the application's own writes against those of phase A. */
    public static final String OVER_BASELINE = "application over baseline";

    private static final double ROUNDING = 1e-9;

    private final LatencyPolicy policy;
    private final LatencyWindow convergence;
    private ApplicationLatency application;

    public LatencyTrigger(LatencyPolicy policy, ApplicationLatency application) {
        this.policy = policy;
        this.convergence = new LatencyWindow(policy.over());
        this.application = application;
    }

    /** A split write converged. */
    public void converged(Duration latency, Instant now) {
        convergence.add(latency, now);
    }

    /** A figure of phase A: what later ones are compared with. */
    public void baseline(WriteLatency figure, Instant now) {
        application = application.withBaseline(figure, now);
    }

    /** A figure of a later phase; the limit it crosses, if it does. */
    public Optional<Crossing> told(WriteLatency figure, Instant now) {
        application = application.with(figure, now);
        return overLimit(figure).or(() -> overBaseline(figure));
    }

    private Optional<Crossing> overLimit(WriteLatency figure) {
        return policy.applicationP99()
                .filter(limit ->
                        figure.measure() == Measure.P99 && figure.value().compareTo(limit) > 0)
                .map(limit -> crossing(APPLICATION, seconds(figure.value()), seconds(limit), 0, figure.window()));
    }

    private Optional<Crossing> overBaseline(WriteLatency figure) {
        OptionalDouble over = application.overBaseline(figure.measure());
        OptionalDouble limit = policy.applicationOverBaseline();
        if (over.isEmpty() || limit.isEmpty() || over.getAsDouble() <= limit.getAsDouble() + ROUNDING) {
            return Optional.empty();
        }
        return Optional.of(crossing(OVER_BASELINE, over.getAsDouble(), limit.getAsDouble(), 0, figure.window()));
    }

    /** The crossing of the limit on convergence at this moment, if there is one. */
    public Optional<Crossing> crossing(Instant now) {
        Latencies.Snapshot samples = convergence.snapshot(now);
        return samples.samples() < policy.minimumSamples()
                ? Optional.empty()
                : samples.percentile(0.99)
                        .filter(p99 -> p99.compareTo(policy.p99()) > 0)
                        .map(p99 -> crossing(
                                CONVERGENCE, seconds(p99), seconds(policy.p99()), samples.samples(), policy.over()));
    }

    private static Crossing crossing(String rule, double observed, double limit, long samples, Duration over) {
        return new Crossing(
                AbortTrigger.DUAL_WRITE_LATENCY, rule, new Abort.Evidence(observed, limit, samples, 0, over));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** What is known of the application's latency. */
    public ApplicationLatency application() {
        return application;
    }

    /** Forgets the samples so far; the baseline stays. */
    public void clear() {
        convergence.clear();
        application = new ApplicationLatency(application.baseline(), Map.of(), application.told());
    }

    /** Takes a slot back from a checkpoint. */
    public void restore(long slot, Latencies.Snapshot snapshot) {
        convergence.restore(slot, snapshot);
    }

    /** All slots count as changed. */
    public void tellAll() {
        convergence.tellAll();
    }

    /** The slots that changed since the last call; absent where one is gone. */
    public Map<Long, Optional<Latencies.Snapshot>> drainChanged() {
        return convergence.drainChanged();
    }
}
