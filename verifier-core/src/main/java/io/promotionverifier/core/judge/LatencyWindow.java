package io.promotionverifier.core.judge;

import io.promotionverifier.core.ledger.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Durations over a span of stream time, in {@value #SLOTS} slots: the span's edge is exact to one slot. Confined to the
 * thread that walks the line.
 */
final class LatencyWindow {
    static final int SLOTS = 15;

    private final long slotMillis;
    private final TreeMap<Long, Latencies> slots = new TreeMap<>();
    private final Set<Long> changed = new HashSet<>();

    LatencyWindow(Duration over) {
        slotMillis = Math.max(1, over.toMillis() / SLOTS);
    }

    void add(Duration latency, Instant now) {
        long slot = slot(now);
        slots.computeIfAbsent(slot, s -> new Latencies(Latencies.Snapshot.NONE)).add(latency);
        changed.add(slot);
        pass(now);
    }

    /** All durations of the span that ends now. */
    Latencies.Snapshot snapshot(Instant now) {
        pass(now);
        Latencies all = new Latencies(Latencies.Snapshot.NONE);
        slots.values().forEach(slot -> all.addAll(slot.snapshot()));
        return all.snapshot();
    }

    private void pass(Instant now) {
        Map<Long, Latencies> gone = slots.headMap(slot(now) - SLOTS, true);
        changed.addAll(gone.keySet());
        gone.clear();
    }

    private long slot(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), slotMillis);
    }

    void clear() {
        changed.addAll(slots.keySet());
        slots.clear();
    }

    void restore(long slot, Latencies.Snapshot snapshot) {
        slots.put(slot, new Latencies(snapshot));
    }

    void tellAll() {
        changed.addAll(slots.keySet());
    }

    /** The slots that changed since the last call; absent where one is gone. */
    Map<Long, Optional<Latencies.Snapshot>> drainChanged() {
        Map<Long, Optional<Latencies.Snapshot>> drained = new HashMap<>();
        for (Long slot : changed) {
            drained.put(slot, Optional.ofNullable(slots.get(slot)).map(Latencies::snapshot));
        }
        changed.clear();
        return drained;
    }
}
