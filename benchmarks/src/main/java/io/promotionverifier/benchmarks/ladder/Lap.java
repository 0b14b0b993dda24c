package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.benchmarks.lap.Pace;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One contestant's reading of the recorded log.
 *
 * @param contestant who
 * @param pace how fast
 * @param cpuSeconds of each process, by {@code client}, {@code walsender}, {@code broker}
 * @param peakBytes the most resident memory of the client; absent where nobody tells
 * @param historyBytes what the topic of the history came to on disk; absent for who writes none
 */
record Lap(
        String contestant,
        Pace pace,
        Map<String, Double> cpuSeconds,
        OptionalLong peakBytes,
        OptionalLong historyBytes) {
    Lap {
        cpuSeconds = new TreeMap<>(cpuSeconds);
    }
}
