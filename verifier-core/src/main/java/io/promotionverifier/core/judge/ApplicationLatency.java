package io.promotionverifier.core.judge;

import io.promotionverifier.core.judge.WriteLatency.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of the application's write latency. Immutable.
 *
 * @param baseline the latest figure of phase A, before the application wrote twice
 * @param latest the latest figure since
 * @param told when the latest figure of any measure was told; absent before the first
 */
public record ApplicationLatency(
        Map<Measure, Duration> baseline, Map<Measure, WriteLatency> latest, Optional<Instant> told) {
    /** Nothing has been told. */
    public static final ApplicationLatency UNKNOWN = new ApplicationLatency(Map.of(), Map.of(), Optional.empty());

    public ApplicationLatency {
        baseline = Map.copyOf(baseline);
        latest = Map.copyOf(latest);
    }

    /** The same with a figure of phase A. */
    ApplicationLatency withBaseline(WriteLatency figure, Instant at) {
        Map<Measure, Duration> changed = new EnumMap<>(Measure.class);
        changed.putAll(baseline);
        changed.put(figure.measure(), figure.value());
        return new ApplicationLatency(changed, latest, Optional.of(at));
    }

    /** The same with a figure of a later phase. */
    ApplicationLatency with(WriteLatency figure, Instant at) {
        Map<Measure, WriteLatency> changed = new EnumMap<>(Measure.class);
        changed.putAll(latest);
        changed.put(figure.measure(), figure);
        return new ApplicationLatency(baseline, changed, Optional.of(at));
    }

    /** How much slower than in phase A, as a fraction; absent without either figure. */
    public OptionalDouble overBaseline(Measure measure) {
        Duration before = baseline.get(measure);
        WriteLatency now = latest.get(measure);
        if (before == null || now == null || before.isZero()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((double) now.value().toNanos() / before.toNanos() - 1);
    }
}
