package io.promotionverifier.core.judge;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.MismatchRateTrigger.TallyName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct rows that settled, that were confirmed and that could not be verified, over every span of stream time.
 * Confined to the thread that walks the line.
 */
final class SettledRows {
    private final Map<TallyName, RowLadder> ladders = new EnumMap<>(TallyName.class);

    SettledRows() {
        for (TallyName name : TallyName.values()) {
            ladders.put(name, new RowLadder());
        }
    }

    private RowLadder ladder(TallyName name) {
        return java.util.Objects.requireNonNull(ladders.get(name));
    }

    void settled(RowKey key, Instant now) {
        ladder(TallyName.SETTLED).add(RowLadder.hash(key), now, now);
    }

    void unverifiable(RowKey key, Instant now) {
        ladder(TallyName.UNVERIFIABLE).add(RowLadder.hash(key), now, now);
    }

    /** A mismatch belongs to the time of its write: the good rows of that time settled then. */
    void confirmed(RowKey key, Instant written, Instant now) {
        long hash = RowLadder.hash(key);
        ladder(TallyName.SETTLED).add(hash, written, now);
        ladder(TallyName.CONFIRMED).add(hash, written, now);
    }

    WindowRate rate(Duration over, Instant now) {
        return new WindowRate(
                ladder(TallyName.CONFIRMED).count(over, now),
                ladder(TallyName.SETTLED).count(over, now),
                ladder(TallyName.UNVERIFIABLE).count(over, now),
                over);
    }

    /** Asked at every commit: cheaper than a count. */
    boolean hasConfirmed() {
        return ladder(TallyName.CONFIRMED).countEver() > 0;
    }

    Sample ever() {
        return new Sample(
                ladder(TallyName.CONFIRMED).countEver(),
                ladder(TallyName.SETTLED).countEver());
    }

    boolean isExact() {
        return ladder(TallyName.SETTLED).isExactEver();
    }

    Sample inHour(long hour) {
        return new Sample(
                ladder(TallyName.CONFIRMED).countInHour(hour),
                ladder(TallyName.SETTLED).countInHour(hour));
    }

    void pass(Instant now) {
        ladders.values().forEach(ladder -> ladder.pass(now));
    }

    void clear() {
        ladders.values().forEach(RowLadder::clear);
    }

    void restore(Tally.Key key, DistinctSketch sketch) {
        ladder(key.name()).restore(key.place(), sketch);
    }

    void begin(Instant streamTime) {
        ladders.values().forEach(ladder -> ladder.begin(streamTime));
    }

    void tellAll() {
        ladders.values().forEach(RowLadder::tellAll);
    }

    List<Tally> drainChanged() {
        List<Tally> drained = new ArrayList<>();
        ladders.forEach((name, ladder) -> ladder.drainChanged()
                .forEach((place, sketch) -> drained.add(new Tally(new Tally.Key(name, place), sketch))));
        drained.sort(Comparator.comparing((Tally tally) -> tally.key().name())
                .thenComparing(tally -> tally.key().place().rung())
                .thenComparing(tally -> tally.key().place().slot()));
        return drained;
    }
}
