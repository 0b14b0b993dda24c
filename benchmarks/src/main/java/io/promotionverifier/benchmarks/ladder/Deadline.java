package io.promotionverifier.benchmarks.ladder;

import java.time.Duration;
import java.util.Optional;

/** When the ladder must be done, if ever: what would take longer than is left is left out. Confined to one thread. */
final class Deadline {
    private final long begin = System.nanoTime();
    private final Optional<Duration> limit;
    private Duration longest = Duration.ZERO;

    Deadline(Optional<Duration> limit) {
        this.limit = limit;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** True when there is time for what takes so long. */
    boolean allows(Duration step) {
        return limit.map(end -> elapsed().plus(step).compareTo(end) <= 0).orElse(true);
    }

    /** True when there is time for another lap like the longest so far. */
    boolean allowsLap() {
        return allows(longest);
    }

    /** A lap has taken so long. */
    void lapTook(Duration time) {
        longest = time.compareTo(longest) > 0 ? time : longest;
    }
}
