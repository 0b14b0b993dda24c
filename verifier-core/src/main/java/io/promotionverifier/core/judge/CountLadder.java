package io.promotionverifier.core.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds counts up over every span of time, where nobody can tell one row from another. What was counted between two
 * looks belongs to each slot that they touch: a sum over less than all time is never too low. Confined to the thread
 * that walks the line.
 */
final class CountLadder {
    /** How much later than its commit a change may come into the statistics, when its session has gone idle. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final Map<Rung, NavigableMap<Long, Long>> rungs = new EnumMap<>(Rung.class);
    private final Set<RowLadder.Place> changed = new HashSet<>();

    CountLadder() {
        for (Rung rung : Rung.values()) {
            rungs.put(rung, new TreeMap<>());
        }
    }

    private NavigableMap<Long, Long> slots(Rung rung) {
        return java.util.Objects.requireNonNull(rungs.get(rung));
    }

    /** Adds what was counted between two looks. */
    void add(long count, Instant from, Instant until) {
        for (Rung rung : Rung.values()) {
            long last = rung.slot(until);
            long oldest = last - rung.kept() + 1;
            for (long slot = Math.max(rung.slot(from.minus(LATE)), oldest); slot <= last; slot++) {
                slots(rung).merge(slot, count, Long::sum);
                changed.add(new RowLadder.Place(rung, slot));
            }
            forget(rung, slots(rung).headMap(oldest, false));
        }
    }

    private void forget(Rung rung, Map<Long, Long> gone) {
        gone.keySet().forEach(slot -> changed.add(new RowLadder.Place(rung, slot)));
        gone.clear();
    }

    /** The sum over the span that ends now. */
    long count(Duration span, Instant now) {
        Rung rung = Rung.serving(span);
        long last = rung.slot(now);
        return slots(rung).subMap(rung.first(span, last), true, last, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The sum since the evidence began. */
    long countEver() {
        return slots(Rung.EVER).getOrDefault(0L, 0L);
    }

    /** The sum of one hour since 1970. */
    long countInHour(long hour) {
        return slots(Rung.HOUR).getOrDefault(hour, 0L);
    }

    void clear() {
        rungs.forEach(this::forget);
    }

    void restore(RowLadder.Place place, long count) {
        slots(place.rung()).put(place.slot(), count);
    }

    void tellAll() {
        rungs.forEach((rung, slots) -> slots.keySet().forEach(slot -> changed.add(new RowLadder.Place(rung, slot))));
    }

    /** The slots that changed since the last call; absent where a slot is gone. */
    Map<RowLadder.Place, OptionalLong> drainChanged() {
        Map<RowLadder.Place, OptionalLong> drained = new HashMap<>();
        for (RowLadder.Place place : changed) {
            Long count = slots(place.rung()).get(place.slot());
            drained.put(place, count == null ? OptionalLong.empty() : OptionalLong.of(count));
        }
        changed.clear();
        return drained;
    }
}
