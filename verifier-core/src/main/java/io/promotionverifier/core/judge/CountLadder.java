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
 * Adds counts up over every span of time, where nobody can tell one row from another. A look counts in the slot in
 * which it was taken, later than all that it counts: what was counted since an instant is a sum that is never too low.
 * Confined to the thread that walks the line.
 */
final class CountLadder {
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

    /** Adds what a look counted. */
    void add(long count, Instant taken) {
        for (Rung rung : Rung.values()) {
            long slot = rung.slot(taken);
            slots(rung).merge(slot, count, Long::sum);
            changed.add(new RowLadder.Place(rung, slot));
            forget(rung, slots(rung).headMap(slot - rung.kept() + 1, false));
        }
    }

    private void forget(Rung rung, Map<Long, Long> gone) {
        gone.keySet().forEach(slot -> changed.add(new RowLadder.Place(rung, slot)));
        gone.clear();
    }

    /**
     * The sum since the begin of the span that ends now, the whole slot of its begin with it, and later looks too: what
     * they counted may be of the span.
     */
    long count(Duration span, Instant now) {
        Rung rung = Rung.serving(span);
        return countFrom(rung, rung.first(span, rung.slot(now)) - 1);
    }

    /** The sum since the evidence began. */
    long countEver() {
        return slots(Rung.EVER).getOrDefault(0L, 0L);
    }

    /** The sum since the begin of an hour since 1970. */
    long countSinceHour(long hour) {
        return countFrom(Rung.HOUR, hour);
    }

    private long countFrom(Rung rung, long first) {
        return slots(rung).tailMap(first, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
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
