package io.promotionverifier.core.judge;

import io.promotionverifier.core.change.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts distinct rows over a span of stream time, in {@value #SLOTS} slots: the window's edge is exact to one slot.
 * Confined to the thread that walks the line.
 */
public final class DistinctRows {
    static final int SLOTS = 24;

    private final long slotMillis;
    private final TreeMap<Long, DistinctSketch> slots = new TreeMap<>();
    private final Set<Long> changed = new HashSet<>();
    private DistinctSketch union = new DistinctSketch();
    private long newest = Long.MIN_VALUE;

    public DistinctRows(Duration over) {
        slotMillis = Math.max(1, over.toMillis() / SLOTS);
    }

    /** The hash under which a row is counted; the same row has the same hash for ever. */
    public static long hash(RowKey key) {
        long hash = 0xcbf29ce484222325L;
        String json = key.json();
        for (int i = 0; i < json.length(); i++) {
            hash = (hash ^ json.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    /** Counts a row at a stream time, which never goes back. */
    public void add(long hash, Instant time) {
        long slot = Math.floorDiv(time.toEpochMilli(), slotMillis);
        roll(slot);
        if (slots.computeIfAbsent(slot, s -> new DistinctSketch()).add(hash)) {
            changed.add(slot);
            union.add(hash);
        }
    }

    /** The number of distinct rows in the span that ends now. */
    public long count(Instant now) {
        roll(Math.floorDiv(now.toEpochMilli(), slotMillis));
        return union.count();
    }

    private void roll(long slot) {
        if (slot <= newest) {
            return;
        }
        newest = slot;
        prune();
    }

    private void prune() {
        Map<Long, DistinctSketch> gone = slots.headMap(newest - SLOTS + 1);
        if (!gone.isEmpty()) {
            changed.addAll(gone.keySet());
            gone.clear();
            union = new DistinctSketch();
            slots.values().forEach(union::addAll);
        }
    }

    /** Forgets everything: only later evidence counts. */
    public void clear() {
        changed.addAll(slots.keySet());
        slots.clear();
        union = new DistinctSketch();
    }

    /** Takes a slot back from a checkpoint. */
    public void restore(long slot, DistinctSketch sketch) {
        slots.put(slot, sketch);
        union.addAll(sketch);
        newest = Math.max(newest, slot);
        prune();
    }

    /** The slots that changed since the last call; absent where a slot is gone. */
    public Map<Long, java.util.Optional<DistinctSketch.Snapshot>> drainChanged() {
        Map<Long, java.util.Optional<DistinctSketch.Snapshot>> drained = new HashMap<>();
        for (Long slot : changed) {
            drained.put(slot, java.util.Optional.ofNullable(slots.get(slot)).map(DistinctSketch::snapshot));
        }
        changed.clear();
        return drained;
    }
}
