package io.promotionverifier.core.judge;

import io.promotionverifier.core.change.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts distinct rows over every span of stream time: rows are added to the slot of their minute, and what a closed
 * slot counted is merged into the next longer one. Memory does not grow with rows or time, and a checkpoint writes only
 * the few slots that changed. Confined to the thread that walks the line.
 *
 * <p>A row that is told late, for a minute that is closed, goes to every slot into which that minute was merged.
 */
public final class RowLadder {
    private static final Duration EVER = Duration.ofDays(36_525);

    private final Map<Rung, NavigableMap<Long, DistinctSketch>> rungs = new EnumMap<>(Rung.class);
    private final Set<Place> changed = new HashSet<>();
    private final Map<Duration, DistinctSketch> closedParts = new HashMap<>();
    private final Map<Duration, Long> counts = new HashMap<>();
    private Instant newest = Instant.EPOCH;

    public RowLadder() {
        for (Rung rung : Rung.values()) {
            rungs.put(rung, new TreeMap<>());
        }
    }

    /**
     * Where a slot stands.
     *
     * @param rung its length
     * @param slot its number since 1970; 0 for {@link Rung#EVER}
     */
    public record Place(Rung rung, long slot) {}

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

    /**
     * Counts a row.
     *
     * @param hash the row
     * @param at the stream time it belongs to, not after now
     * @param now stream time, which never goes back
     */
    public void add(long hash, Instant at, Instant now) {
        pass(now);
        for (Rung rung : Rung.values()) {
            long slot = rung.slot(at);
            boolean open = slot == rung.slot(newest);
            if (open || isKept(rung, slot)) {
                addTo(new Place(rung, slot), hash);
            }
            if (open) {
                return;
            }
            closedParts.clear();
        }
    }

    private void addTo(Place place, long hash) {
        if (slots(place.rung())
                .computeIfAbsent(place.slot(), s -> new DistinctSketch())
                .add(hash)) {
            changed.add(place);
            counts.clear();
            if (place.rung() != Rung.MINUTE) {
                closedParts.clear();
            }
        }
    }

    private NavigableMap<Long, DistinctSketch> slots(Rung rung) {
        return java.util.Objects.requireNonNull(rungs.get(rung));
    }

    private boolean isKept(Rung rung, long slot) {
        return slot > rung.slot(newest) - rung.kept();
    }

    /** Stream time has come to now: slots that closed are merged upwards, those past their time are forgotten. */
    public void pass(Instant now) {
        if (Rung.MINUTE.slot(now) <= Rung.MINUTE.slot(newest)) {
            return;
        }
        Instant before = newest;
        newest = now;
        closedParts.clear();
        counts.clear();
        for (Rung rung = Rung.MINUTE; rung != Rung.EVER; rung = rung.next()) {
            long open = rung.slot(before);
            if (open != rung.slot(now)) {
                mergeUp(rung, open);
            }
            forgetOld(rung);
        }
    }

    private void mergeUp(Rung rung, long slot) {
        DistinctSketch closed = slots(rung).get(slot);
        if (closed != null) {
            Place above = new Place(rung.next(), rung.next().slotOf(rung, slot));
            if (slots(above.rung())
                    .computeIfAbsent(above.slot(), s -> new DistinctSketch())
                    .addAll(closed)) {
                changed.add(above);
            }
        }
    }

    private void forgetOld(Rung rung) {
        Map<Long, DistinctSketch> gone = slots(rung).headMap(rung.slot(newest) - rung.kept(), true);
        gone.keySet().forEach(slot -> changed.add(new Place(rung, slot)));
        gone.clear();
    }

    /** The number of distinct rows in the span that ends now. */
    public long count(Duration span, Instant now) {
        pass(now);
        return counted(span);
    }

    /** The number of distinct rows since the evidence began. */
    public long countEver() {
        return counted(EVER);
    }

    /** True when {@link #countEver} is exact, and not an estimate. */
    public boolean isExactEver() {
        DistinctSketch open = slots(Rung.MINUTE).get(Rung.MINUTE.slot(newest));
        return closedParts
                .computeIfAbsent(EVER, this::closedPart)
                .isExactWith(open == null ? new DistinctSketch() : open);
    }

    /** Asked at every checkpoint, while most promotions have rested since the last: counted once until a row is new. */
    private long counted(Duration span) {
        Long known = counts.get(span);
        if (known != null) {
            return known;
        }
        long count = countWithOpenMinute(closedParts.computeIfAbsent(span, this::closedPart));
        counts.put(span, count);
        return count;
    }

    /** The number of distinct rows in one hour since 1970, which may be the current one. */
    public long countInHour(long hour) {
        DistinctSketch union = new DistinctSketch();
        add(union, Rung.HOUR, hour, hour);
        if (hour == Rung.HOUR.slot(newest)) {
            addOpenBelow(union, Rung.HOUR);
            return countWithOpenMinute(union);
        }
        return union.count();
    }

    private DistinctSketch closedPart(Duration span) {
        Rung rung = Rung.serving(span);
        DistinctSketch union = new DistinctSketch();
        add(union, rung, rung.first(span, rung.slot(newest)), rung.slot(newest));
        addOpenBelow(union, rung);
        return union;
    }

    /** What lies in open slots of the shorter rungs has not been merged upwards yet. */
    private void addOpenBelow(DistinctSketch union, Rung top) {
        for (Rung rung = Rung.FIVE_MINUTES; rung.compareTo(top) < 0; rung = rung.next()) {
            add(union, rung, rung.slot(newest), rung.slot(newest));
        }
    }

    private void add(DistinctSketch union, Rung rung, long first, long last) {
        slots(rung).subMap(first, true, last, true).values().forEach(union::addAll);
    }

    private long countWithOpenMinute(DistinctSketch closed) {
        DistinctSketch open = slots(Rung.MINUTE).get(Rung.MINUTE.slot(newest));
        return open == null ? closed.count() : closed.countWith(open);
    }

    /** Forgets everything: only later evidence counts. */
    public void clear() {
        rungs.forEach((rung, slots) -> {
            slots.keySet().forEach(slot -> changed.add(new Place(rung, slot)));
            slots.clear();
        });
        closedParts.clear();
        counts.clear();
    }

    /** Takes a slot back from a checkpoint. */
    public void restore(Place place, DistinctSketch sketch) {
        slots(place.rung()).put(place.slot(), sketch);
    }

    /** Goes on at the stream time of the checkpoint, after the last {@link #restore}. */
    public void begin(Instant streamTime) {
        newest = streamTime;
        for (Rung rung = Rung.MINUTE; rung != Rung.EVER; rung = rung.next()) {
            Rung closing = rung;
            slots(rung).keySet().stream()
                    .filter(slot -> slot != closing.slot(streamTime))
                    .toList()
                    .forEach(slot -> mergeUp(closing, slot));
            forgetOld(rung);
        }
    }

    /** All slots count as changed. */
    void tellAll() {
        rungs.forEach((rung, slots) -> slots.keySet().forEach(slot -> changed.add(new Place(rung, slot))));
    }

    /** The slots that changed since the last call; absent where a slot is gone. */
    public Map<Place, Optional<DistinctSketch.Snapshot>> drainChanged() {
        Map<Place, Optional<DistinctSketch.Snapshot>> drained = new HashMap<>();
        for (Place place : changed) {
            drained.put(
                    place,
                    Optional.ofNullable(slots(place.rung()).get(place.slot())).map(DistinctSketch::snapshot));
        }
        changed.clear();
        return drained;
    }
}
