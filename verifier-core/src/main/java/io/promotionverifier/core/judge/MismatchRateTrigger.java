package io.promotionverifier.core.judge;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy.Mode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the rows that settled and the rows that were confirmed against the configured rate. Confined to the thread that
 * walks the line.
 */
public final class MismatchRateTrigger {
    /** A lone bad row is never a rate. */
    private static final long FEWEST_MISMATCHES = 2;

    private final MismatchRatePolicy policy;
    private final Map<TallyName, DistinctRows> windows;
    private DistinctSketch settledSinceClear = new DistinctSketch();
    private DistinctSketch confirmedSinceClear = new DistinctSketch();
    private boolean changed;

    public MismatchRateTrigger(MismatchRatePolicy policy) {
        this.policy = policy;
        this.windows = Map.of(
                TallyName.SETTLED_IN_WINDOW, new DistinctRows(policy.over()),
                TallyName.CONFIRMED_IN_WINDOW, new DistinctRows(policy.over()));
    }

    /** The tallies of rows, as they are named in the state. */
    public enum TallyName {
        SETTLED_IN_WINDOW,
        CONFIRMED_IN_WINDOW,
        SETTLED_SINCE_CLEAR,
        CONFIRMED_SINCE_CLEAR
    }

    /**
     * A limit was crossed.
     *
     * @param rule the rule that decided
     * @param evidence the figures
     */
    public record Crossing(String rule, Abort.Evidence evidence) {}

    /** A row's state settled without mismatch. */
    public void settled(RowKey key, Instant time) {
        long hash = DistinctRows.hash(key);
        window(TallyName.SETTLED_IN_WINDOW).add(hash, time);
        changed |= settledSinceClear.add(hash);
    }

    /** A row's mismatch was confirmed. */
    public void confirmed(RowKey key, Instant time) {
        settled(key, time);
        long hash = DistinctRows.hash(key);
        window(TallyName.CONFIRMED_IN_WINDOW).add(hash, time);
        changed |= confirmedSinceClear.add(hash);
    }

    private DistinctRows window(TallyName name) {
        return java.util.Objects.requireNonNull(windows.get(name));
    }

    /** The window rate of now. */
    public WindowRate rate(Instant now) {
        return new WindowRate(
                window(TallyName.CONFIRMED_IN_WINDOW).count(now),
                window(TallyName.SETTLED_IN_WINDOW).count(now),
                policy.over());
    }

    /** Rows settled since the last clear. */
    public long settledRows() {
        return settledSinceClear.count();
    }

    /** Rows confirmed since the last clear. */
    public long confirmedRows() {
        return confirmedSinceClear.count();
    }

    /** True when a row that settles well can cross the limit too: it may be the one that completes the sample. */
    public boolean judgesEverySettlement() {
        return policy.mode() == Mode.STRICT && confirmedRows() > 0;
    }

    /** The crossing of the limit at this moment, if there is one. */
    public Optional<Crossing> crossing(Instant now) {
        return policy.mode() == Mode.STRICT ? strict(now) : sequential();
    }

    private Optional<Crossing> strict(Instant now) {
        WindowRate rate = rate(now);
        if (rate.confirmedRows() == 0 || rate.settledRows() < policy.minimumRows()) {
            return Optional.empty();
        }
        return crossingOf("strict", rate.confirmedRows(), rate.settledRows());
    }

    private Optional<Crossing> sequential() {
        long mismatched = confirmedRows();
        long sample = Math.max(settledRows(), mismatched);
        if (mismatched < FEWEST_MISMATCHES
                || SequentialTest.evidence(mismatched, sample, policy.maximum()) < 1 / policy.alpha()) {
            return Optional.empty();
        }
        return crossingOf("sequential", mismatched, sample);
    }

    /** The crossing of the limit by the rows that disagree now, of all that a census counted. */
    public Optional<Crossing> stateCrossing(long confirmed, long rows) {
        boolean strict = policy.mode() == Mode.STRICT;
        double observed = (double) confirmed / Math.max(rows, confirmed);
        if (confirmed == 0 || observed <= policy.maximum() || (strict && rows < policy.minimumRows())) {
            return Optional.empty();
        }
        return Optional.of(new Crossing(
                strict ? "strict" : "state",
                new Abort.Evidence(
                        observed, policy.maximum(), Math.max(rows, confirmed), confirmed, java.time.Duration.ZERO)));
    }

    private Optional<Crossing> crossingOf(String rule, long mismatched, long sample) {
        double observed = (double) mismatched / sample;
        if (observed <= policy.maximum()) {
            return Optional.empty();
        }
        return Optional.of(
                new Crossing(rule, new Abort.Evidence(observed, policy.maximum(), sample, mismatched, policy.over())));
    }

    /** Forgets the evidence so far. */
    public void clear() {
        windows.values().forEach(DistinctRows::clear);
        settledSinceClear = new DistinctSketch();
        confirmedSinceClear = new DistinctSketch();
        changed = true;
    }

    /** Takes a tally back from a checkpoint. */
    public void restore(Tally.Key key, DistinctSketch.Snapshot snapshot) {
        DistinctSketch sketch = new DistinctSketch(snapshot);
        switch (key.name()) {
            case SETTLED_IN_WINDOW, CONFIRMED_IN_WINDOW -> window(key.name()).restore(key.slot(), sketch);
            case SETTLED_SINCE_CLEAR -> settledSinceClear = sketch;
            case CONFIRMED_SINCE_CLEAR -> confirmedSinceClear = sketch;
        }
    }

    /** The tallies that changed since the last call; absent where one is gone. */
    public java.util.List<Tally> drainChanged() {
        java.util.List<Tally> drained = new java.util.ArrayList<>();
        windows.forEach((name, rows) -> rows.drainChanged()
                .forEach((slot, sketch) -> drained.add(new Tally(new Tally.Key(name, slot), sketch))));
        if (changed) {
            drained.add(new Tally(
                    new Tally.Key(TallyName.SETTLED_SINCE_CLEAR, 0), Optional.of(settledSinceClear.snapshot())));
            drained.add(new Tally(
                    new Tally.Key(TallyName.CONFIRMED_SINCE_CLEAR, 0), Optional.of(confirmedSinceClear.snapshot())));
            changed = false;
        }
        drained.sort(java.util.Comparator.comparing((Tally tally) -> tally.key().name())
                .thenComparing(tally -> tally.key().slot()));
        return drained;
    }
}
