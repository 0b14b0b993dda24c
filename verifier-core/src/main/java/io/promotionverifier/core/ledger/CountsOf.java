package io.promotionverifier.core.ledger;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How many of each constant, counted in place: some are counted with every row. Confined to the thread that walks the
 * line.
 *
 * @param <K> what is counted
 */
final class CountsOf<K extends Enum<K>> {
    private final Class<K> type;
    private final Map<K, long[]> counts;

    CountsOf(Class<K> type) {
        this.type = type;
        this.counts = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            counts.put(key, new long[1]);
        }
    }

    CountsOf(Class<K> type, Map<K, Long> from) {
        this(type);
        from.forEach(this::add);
    }

    private long[] at(K key) {
        return Objects.requireNonNull(counts.get(key));
    }

    void add(K key, long more) {
        at(key)[0] += more;
    }

    long of(K key) {
        return at(key)[0];
    }

    long sum() {
        long sum = 0;
        for (long[] count : counts.values()) {
            sum += count[0];
        }
        return sum;
    }

    void clear() {
        counts.values().forEach(count -> count[0] = 0);
    }

    /** The counts of now, of every constant. */
    Map<K, Long> map() {
        Map<K, Long> map = new EnumMap<>(type);
        counts.forEach((key, count) -> map.put(key, count[0]));
        return map;
    }
}
