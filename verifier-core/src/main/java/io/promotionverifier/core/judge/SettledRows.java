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

    private final boolean estimates;
    private final CountLadder written = new CountLadder();

    /** @param estimates true if good rows do not arrive and statistics tell how many there were */
    SettledRows(boolean estimates) {
        this.estimates = estimates;
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

    /** A look at the statistics found so many row versions more. */
    void estimated(long versions, Instant taken) {
        written.add(versions, taken);
    }

    /** The slots of the estimate, to be remembered and restored. */
    CountLadder written() {
        return written;
    }

    WindowRate rate(Duration over, Instant now) {
        return new WindowRate(
                ladder(TallyName.CONFIRMED).count(over, now),
                Math.max(ladder(TallyName.SETTLED).count(over, now), estimates ? written.count(over, now) : 0),
                ladder(TallyName.UNVERIFIABLE).count(over, now),
                over,
                estimates);
    }

    /** Asked at every commit: cheaper than a count. */
    boolean hasConfirmed() {
        return ladder(TallyName.CONFIRMED).countEver() > 0;
    }

    Sample ever() {
        return new Sample(
                ladder(TallyName.CONFIRMED).countEver(),
                Math.max(ladder(TallyName.SETTLED).countEver(), written.countEver()));
    }

    boolean isExact() {
        return !estimates && ladder(TallyName.SETTLED).isExactEver();
    }

    Sample inHour(long hour) {
        return new Sample(
                ladder(TallyName.CONFIRMED).countInHour(hour),
                Math.max(ladder(TallyName.SETTLED).countInHour(hour), written.countSinceHour(hour)));
    }

    void pass(Instant now) {
        ladders.values().forEach(ladder -> ladder.pass(now));
    }

    void clear() {
        ladders.values().forEach(RowLadder::clear);
        written.clear();
    }

    void restore(Tally.Key key, DistinctSketch sketch) {
        ladder(key.name()).restore(key.place(), sketch);
    }

    void begin(Instant streamTime) {
        ladders.values().forEach(ladder -> ladder.begin(streamTime));
    }

    void tellAll() {
        ladders.values().forEach(RowLadder::tellAll);
        written.tellAll();
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
