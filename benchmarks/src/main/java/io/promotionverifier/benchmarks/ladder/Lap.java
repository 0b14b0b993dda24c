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
 */
record Lap(String contestant, Pace pace, Map<String, Double> cpuSeconds, OptionalLong peakBytes) {
    Lap {
        cpuSeconds = new TreeMap<>(cpuSeconds);
    }
}
