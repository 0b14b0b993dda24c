package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.Baseline;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusFound;
import io.promotionverifier.core.census.CensusProgress;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.census.Unremembered;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.ledger.Counters;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.Findings;
import io.promotionverifier.core.settle.Resolution;
import io.promotionverifier.core.settle.Settlement;
import io.promotionverifier.core.settle.Turn;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The censuses of one promotion: opens findings that only they know, and holds what the stream says against them.
 * Confined to the thread that walks the line.
 */
final class LineCensus {
    private final Promotion promotion;
    private final Comparator comparator;
    private final Counters counters;
    private final Findings findings;
    private final Settlement settlement;
    private final String rules;
    private CensusCounts counts;
    private CensusFound found;
    private Optional<CensusResult> latest;
    private Optional<Baseline> baseline;
    private Lsn examined;
    private Optional<Instant> judgedAfter;
    private boolean speaks;
    private Unremembered unremembered;

    /** The findings that were open at the begin, were not touched since, and were not seen to disagree. */
    private final Set<RowKey> unseen = new HashSet<>();

    /** False after a restart inside a census: it is not known then what was seen before. */
    private boolean watching;

    private boolean resolving;

    LineCensus(
            Promotion promotion,
            Comparator comparator,
            Counters counters,
            Findings findings,
            Settlement settlement,
            PromotionCensus from) {
        this.promotion = promotion;
        this.comparator = comparator;
        this.counters = counters;
        this.findings = findings;
        this.settlement = settlement;
        rules = Baseline.rules(promotion);
        counts = from.counts();
        found = from.found();
        latest = from.latest();
        baseline = from.baseline();
        examined = from.examined();
        judgedAfter = from.judgedAfter();
        speaks = from.speaks();
        unremembered = from.unremembered();
    }

    PromotionCensus state() {
        return new PromotionCensus(counts, found, latest, baseline, examined, judgedAfter, speaks, unremembered());
    }

    Optional<CensusResult> latest() {
        return latest;
    }

    /** Where the log ended when the latest clean census began; absent before the first. */
    Optional<Lsn> examined() {
        return examined.equals(Lsn.ZERO) ? Optional.empty() : Optional.of(examined);
    }

    /** What was not remembered, because too many rows disagreed. */
    Unremembered unremembered() {
        unremembered = unremembered.plus(settlement.drainUnremembered());
        return unremembered;
    }

    /**
     * True when the table must be looked at: nobody ever did, or not since a gap that ended, or not since rows could
     * not be remembered that there is room for now. A census that was not clean is not repeated by itself: somebody has
     * to repair the rows first.
     *
     * @param unexamined the gaps of which no clean census knows
     */
    boolean isDue(List<CoverageGap> unexamined) {
        return latest.isEmpty()
                || (unremembered().unseen() > 0 && settlement.hasRoom())
                || unexamined.stream()
                        .flatMap(gap -> gap.to().stream())
                        .anyMatch(end -> end.compareTo(latest.get().begun()) > 0);
    }

    /**
     * A census begins.
     *
     * @param next the first transaction that nobody has seen ended
     */
    void begin(long next, List<CoverageGap> unexamined) {
        counts = CensusCounts.NONE;
        found = CensusFound.NONE;
        unremembered = unremembered().censusBegins();
        watching = true;
        unseen.clear();
        unseen.addAll(findings.openKeys());
        boolean otherRules =
                baseline.filter(known -> !known.rules().equals(rules)).isPresent();
        boolean afterGap = !unexamined.isEmpty();
        resolving = otherRules || afterGap;
        if (afterGap || !isBaselineSure()) {
            baseline = Optional.of(new Baseline(next, counters.doubts(), rules));
        }
    }

    private boolean isBaselineSure() {
        return baseline.filter(known -> known.rules().equals(rules) && known.doubts() == counters.doubts())
                .isPresent();
    }

    /** The stream showed a row: it decides about it. */
    void touched(RowKey key) {
        if (watching) {
            unseen.remove(key);
        }
    }

    /** The stream showed that the table was emptied. */
    void emptied() {
        unseen.clear();
    }

    /** The process goes on: a gap may have been recorded between two of them. */
    void continued(List<CoverageGap> unexamined) {
        if (!unexamined.isEmpty()) {
            gapFound();
        }
    }

    /** From now on nobody knows what the stream has shown. */
    void gapFound() {
        baseline = Optional.empty();
        watching = false;
        unseen.clear();
    }

    void count(CensusCounts chunk) {
        counts = counts.plus(chunk);
    }

    /** Judges a row that the server could not prove equal. */
    void judge(String place, CensusRow row, Sides sides, Moment at, Consumer<Effect> effects) {
        RowKey key = row.key();
        Outcome outcome = comparator.judge(sides, key, at.time());
        if (outcome instanceof Outcome.Matched || outcome instanceof Outcome.Absent) {
            return;
        }
        unseen.remove(key);
        if (outcome instanceof Outcome.Mismatched mismatched) {
            mismatched(place, row, mismatched.kind(), sides, at, effects);
        } else if (outcome instanceof Outcome.Unverifiable) {
            found = found.andUnverifiable();
        } else {
            found = isPending(outcome) ? found.andPending() : found;
            tell(settlement.censusEnded(key, Resolution.EXPLAINED, at), at, effects);
        }
    }

    private static boolean isPending(Outcome outcome) {
        return outcome instanceof Outcome.Explained explained && explained.reason() == ExplainedReason.BACKFILL_PENDING;
    }

    private void mismatched(
            String place, CensusRow row, MismatchKind kind, Sides sides, Moment at, Consumer<Effect> effects) {
        Optional<Finding> known = findings.find(row.key());
        if (known.isPresent()) {
            boolean settled = known.get().state() == FindingState.CONFIRMED;
            found = settled ? found.andMismatched() : found;
            return;
        }
        found = found.andMismatched();
        if (isBaselineSure() && row.writer() >= baseline.orElseThrow().transaction()) {
            found = found.andDisagreeing(row.key());
        }
        tell(settlement.censused(place, row.key(), kind, sides, at), at, effects);
    }

    private static void tell(Optional<Turn> turn, Moment at, Consumer<Effect> effects) {
        turn.ifPresent(turned -> effects.accept(new Effect.FindingTurned(turned, at.time())));
    }

    /** The last chunk was judged. */
    CensusResult end(CensusProgress progress, Moment at, Consumer<Effect> effects) {
        unseen.stream()
                .filter(key -> findings.find(key).isPresent())
                .sorted()
                .forEach(key -> notSeen(key, at, effects));
        watching = false;
        unseen.clear();
        CensusResult result = new CensusResult(at.time(), progress.begun(), at.lsn(), counts, found);
        latest = Optional.of(result);
        unremembered = unremembered().censusEnds();
        if (result.isClean()) {
            examined = examined.max(progress.begun());
        }
        judgedAfter = Optional.of(at.time().plus(promotion.policy().grace()));
        counts = CensusCounts.NONE;
        found = CensusFound.NONE;
        return result;
    }

    /** After a gap, or under other rules, the census knows better; else one of the two is wrong. */
    private void notSeen(RowKey key, Moment at, Consumer<Effect> effects) {
        if (resolving) {
            tell(settlement.censusEnded(key, Resolution.AGREED, at), at, effects);
        } else {
            found = found.andDisagreeing(key);
        }
    }

    /** True once, when stream time has passed the end of the last census by more than grace: its findings settled. */
    boolean hasSettled(Instant now) {
        if (judgedAfter.isEmpty() || !now.isAfter(judgedAfter.get())) {
            return false;
        }
        judgedAfter = Optional.empty();
        speaks = true;
        return true;
    }

    /** How many rows the state rate is a rate of; absent when there is no census that speaks. */
    Optional<Long> rowsOfRate() {
        return speaks ? latest.map(result -> result.counts().withValue()).filter(rows -> rows > 0) : Optional.empty();
    }

    /** After a clear only later evidence counts. */
    void clear() {
        speaks = false;
        judgedAfter = Optional.empty();
    }
}
