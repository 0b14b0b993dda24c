package io.promotionverifier.core.judge;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.MismatchRatePolicy.Mode;
import io.promotionverifier.core.promotion.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Holds the rows that settled and the rows that were confirmed against the configured rate. Confined to the thread that
 * walks the line.
 */
public final class MismatchRateTrigger {
    /** A lone bad row is never a rate. */
    private static final long FEWEST_MISMATCHES = 2;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Duration> SPANS =
            List.of(Duration.ofMinutes(5), HOUR, Duration.ofHours(6), Duration.ofHours(24));

    private final Promotion.Policy policy;
    private final SpentAlpha alpha;
    private final SettledRows rows;

    public MismatchRateTrigger(Promotion.Policy policy) {
        this.policy = policy;
        this.rows = new SettledRows(estimates(policy));
        this.alpha = new SpentAlpha(policy.mismatchRate().alpha(), policy.window());
    }

    private static boolean estimates(Promotion.Policy policy) {
        return policy.capture() == Capture.SUSPECTS;
    }

    /**
     * True if good rows do not arrive: the limit is then held against estimates, right after one came, because only
     * then they are not too low.
     */
    public boolean estimates() {
        return estimates(policy);
    }

    /** A look at the statistics found so many row versions more. */
    public void estimated(long versions, Instant taken) {
        rows.estimated(versions, taken);
    }

    /** What the tallies count, as they are named in the state. */
    public enum TallyName {
        SETTLED,
        CONFIRMED,
        UNVERIFIABLE
    }

    /** A row's state settled without mismatch. */
    public void settled(RowKey key, Instant now) {
        rows.settled(key, now);
    }

    /** A row's version could not be verified. */
    public void unverifiable(RowKey key, Instant now) {
        rows.unverifiable(key, now);
    }

    /**
     * A row's mismatch was confirmed.
     *
     * @param written the commit time of the mismatch
     * @param now stream time
     */
    public void confirmed(RowKey key, Instant written, Instant now) {
        rows.confirmed(key, written, now);
    }

    /** The configured window rate of now. */
    public WindowRate rate(Instant now) {
        return rows.rate(policy.mismatchRate().over(), now);
    }

    /** The rates of now over 5 minutes, 1 hour, 6 hours, 24 hours and the window. */
    public List<WindowRate> rates(Instant now) {
        return Stream.concat(SPANS.stream(), Stream.of(policy.window()))
                .map(over -> rows.rate(over, now))
                .toList();
    }

    /** Rows settled since the last clear. */
    public long settledRows() {
        return rows.ever().rows();
    }

    /** True while {@link #settledRows} is exact, and not an estimate. */
    public boolean countsExactly() {
        return rows.isExact();
    }

    /** Rows confirmed since the last clear. */
    public long confirmedRows() {
        return rows.ever().mismatched();
    }

    /** True when a row that settles well can cross the limit too: it may be the one that completes the sample. */
    public boolean judgesEverySettlement() {
        return policy.mismatchRate().mode() == Mode.STRICT && rows.hasConfirmed();
    }

    /** The crossing of the limit at this moment, if there is one. */
    public Optional<Crossing> crossing(Instant now) {
        return policy.mismatchRate().mode() == Mode.STRICT ? strict(now) : sequential(now);
    }

    private Optional<Crossing> strict(Instant now) {
        WindowRate rate = rate(now);
        if (rate.confirmedRows() == 0
                || rate.settledRows() < policy.mismatchRate().minimumRows()) {
            return Optional.empty();
        }
        return crossingOf("strict", new Sample(rate.confirmedRows(), rate.settledRows()), rate.over());
    }

    private Optional<Crossing> sequential(Instant now) {
        rows.pass(now);
        Sample all = rows.ever();
        double strongest = alpha.ofAll(evidence(all));
        double sum = strongest;
        Sample sample = all;
        Duration over = policy.window();
        long last = Rung.HOUR.slot(now);
        for (long hour = Rung.HOUR.slot(now.minus(policy.grace())); hour <= last; hour++) {
            Sample ofHour = rows.inHour(hour);
            double part = alpha.ofHour(evidence(ofHour));
            sum += part;
            if (part > strongest) {
                strongest = part;
                sample = ofHour;
                over = HOUR;
            }
        }
        return alpha.isEnough(sum) ? crossingOf("sequential", sample, over) : Optional.empty();
    }

    private double evidence(Sample sample) {
        return sample.mismatched() < FEWEST_MISMATCHES
                ? 0
                : SequentialTest.evidence(
                        sample.mismatched(),
                        sample.rows(),
                        policy.mismatchRate().maximum());
    }

    /** The crossing of the limit by the rows that disagree now, of all that a census counted. */
    public Optional<Crossing> stateCrossing(long confirmed, long rows) {
        boolean strict = policy.mismatchRate().mode() == Mode.STRICT;
        Sample sample = new Sample(confirmed, rows);
        if (confirmed == 0
                || sample.rate() <= policy.mismatchRate().maximum()
                || (strict && rows < policy.mismatchRate().minimumRows())) {
            return Optional.empty();
        }
        return Optional.of(new Crossing(
                AbortTrigger.MISMATCH_RATE,
                strict ? "strict" : "state",
                new Abort.Evidence(
                        sample.rate(), policy.mismatchRate().maximum(), sample.rows(), confirmed, Duration.ZERO)));
    }

    private Optional<Crossing> crossingOf(String rule, Sample sample, Duration over) {
        double maximum = policy.mismatchRate().maximum();
        if (sample.rate() <= maximum) {
            return Optional.empty();
        }
        return Optional.of(new Crossing(
                AbortTrigger.MISMATCH_RATE,
                rule,
                new Abort.Evidence(
                        sample.rate(), maximum, sample.rows(), sample.mismatched(), over, estimates(policy))));
    }

    /** Forgets the evidence so far. */
    public void clear() {
        rows.clear();
    }

    /** Takes a tally back from a checkpoint. */
    public void restore(Tally.Key key, DistinctSketch.Snapshot snapshot) {
        rows.restore(key, new DistinctSketch(snapshot));
    }

    /** Takes a slot of the estimates back from a checkpoint. */
    public void restore(RowLadder.Place place, long versions) {
        rows.written().restore(place, versions);
    }

    /** The slots of the estimates that changed since the last call; absent where one is gone. */
    public Map<RowLadder.Place, OptionalLong> drainEstimates() {
        return rows.written().drainChanged();
    }

    /** Goes on at the stream time of the checkpoint, after the last {@link #restore}. */
    public void begin(Instant streamTime) {
        rows.begin(streamTime);
    }

    /** All tallies count as changed. */
    public void tellAll() {
        rows.tellAll();
    }

    /** The tallies that changed since the last call; absent where one is gone. */
    public List<Tally> drainChanged() {
        return rows.drainChanged();
    }
}
