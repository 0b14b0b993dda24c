package io.promotionverifier.postgres.latency;

import io.promotionverifier.core.judge.WriteLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mean time of a table's writes between two looks that have enough writes between them. Confined to one thread. */
final class MeanLatency {
    private final long minimumCalls;
    private @Nullable WriteTally base;

    /** @param minimumCalls writes below which a mean says nothing */
    MeanLatency(long minimumCalls) {
        this.minimumCalls = minimumCalls;
    }

    /** A figure, once there were enough writes since the last one. */
    Optional<Measured> look(WriteTally tally) {
        WriteTally earlier = base;
        if (earlier == null) {
            base = tally;
            return Optional.empty();
        }
        WriteTally.Counted counted = tally.since(earlier);
        Duration window = Duration.between(earlier.taken(), tally.taken());
        if (counted.calls() < minimumCalls || window.isNegative() || window.isZero()) {
            return Optional.empty();
        }
        base = tally;
        Duration mean = Duration.ofNanos(Math.round(counted.milliseconds() / counted.calls() * 1_000_000));
        return Optional.of(new Measured(new WriteLatency(WriteLatency.Measure.MEAN, mean, window), tally.taken()));
    }

    /**
     * A figure and when it was measured.
     *
     * @param latency the figure
     * @param at by the server's clock
     */
    record Measured(WriteLatency latency, Instant at) {}
}
