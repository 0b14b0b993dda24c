package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.judge.Burn;
import io.promotionverifier.core.judge.Crossing;
import io.promotionverifier.core.judge.LatencyTrigger;
import io.promotionverifier.core.judge.MismatchRateTrigger;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Breakdown;
import io.promotionverifier.core.ledger.Counters;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Estimate;
import io.promotionverifier.core.ledger.TableCount;
import io.promotionverifier.core.ledger.Witness;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Commit;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.core.settle.Findings;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.core.settle.Settlement;
import io.promotionverifier.core.settle.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The line of one promotion: compare, settle, judge. Confined to the thread that walks the line. */
final class PromotionLine {
    private static final int FINDINGS_IN_ABORT = 10;

    private final Promotion promotion;
    private final long generation;
    private final Comparator comparator;
    private final Breakdown breakdown = new Breakdown();
    private final Counters counters;
    private final Findings findings;
    private final Settlement settlement;
    private final MismatchRateTrigger trigger;
    private final LatencyTrigger latency;
    private final ReportTrigger reports;
    private final AbortLatch abort;
    private final LineCensus census;
    private final Witness witness;
    private final boolean samePhase;
    private final WindowClock clock;
    private final OverrideLatch override;
    private Optional<Estimate> estimate;
    private long toldAtCut;

    PromotionLine(Comparator comparator, long generation, PromotionState from, Room room) {
        this.comparator = comparator;
        this.generation = generation;
        promotion = comparator.promotion();
        counters = new Counters(from.counts(), breakdown);
        findings = new Findings(promotion.policy().grace(), from.findings(), from.latency(), breakdown, room);
        settlement = new Settlement(promotion, generation, counters, findings, room);
        trigger = new MismatchRateTrigger(promotion.policy());
        latency = new LatencyTrigger(promotion.policy().latency(), from.application());
        reports = new ReportTrigger(promotion.policy().grace(), from.reports());
        abort = new AbortLatch(promotion, generation, from);
        samePhase = from.phase().isEmpty() || from.phase().get() == promotion.phase();
        PromotionCensus censused = samePhase ? from.census() : PromotionCensus.NONE;
        census = new LineCensus(promotion, comparator, counters, findings, settlement, censused);
        clock = samePhase
                ? new WindowClock(from.started().or(promotion::started), from.verified(), from.blind())
                : new WindowClock(promotion.started(), Duration.ZERO, Duration.ZERO);
        witness = new Witness(samePhase ? from.witnessed() : Witnessed.NOTHING);
        override = new OverrideLatch(promotion, generation, samePhase ? from.override() : Optional.empty());
        estimate = samePhase && trigger.estimates() ? from.estimate() : Optional.empty();
        toldAtCut = from.toldAtCut();
    }

    Promotion promotion() {
        return promotion;
    }

    LineCensus census() {
        return census;
    }

    /** Both sides of a row, brought to the column's type. */
    Sides sides(Reading reading) {
        return comparator.sides(reading);
    }

    void restore(StateEntry entry) {
        if (entry instanceof StateEntry.Row row) {
            row.row().ifPresent(known -> settlement.restore(row.key(), known));
        } else if (entry instanceof StateEntry.Tallied tallied) {
            tallied.tally()
                    .sketch()
                    .ifPresent(sketch -> trigger.restore(tallied.tally().key(), sketch));
        } else if (entry instanceof StateEntry.Delayed delayed) {
            delayed.latencies().ifPresent(known -> latency.restore(delayed.slot(), known));
        } else if (entry instanceof StateEntry.Sliced sliced) {
            sliced.slice().ifPresent(breakdown::restore);
        } else if (entry instanceof StateEntry.Counted counted) {
            counted.versions().ifPresent(versions -> trigger.restore(counted.place(), versions));
        }
    }

    /** All that is restored is here: the evidence of another phase counts no more. */
    void begin(Optional<Instant> streamTime) {
        streamTime.ifPresent(trigger::begin);
        breakdown.begin(counters.counts().shares(), findings.totals().shares());
        if (!samePhase) {
            forgetEvidence();
        }
    }

    private void forgetEvidence() {
        trigger.clear();
        latency.clear();
        reports.clear();
        census.clear();
    }

    boolean asksForRow(Reading reading) {
        return comparator.asksForRow(reading);
    }

    boolean asksForParent(Reading reading) {
        return comparator.asksForParent(reading);
    }

    /** What the versions are judged by. */
    Rules rules() {
        return new Rules(promotion, comparator.isPlain(), comparator.allowedMarks());
    }

    /** Folds a written row at a stream time. */
    void written(RowChange change, Sides sides, Instant streamTime, Consumer<Effect> effects) {
        counters.tellApart(change.event().origin(), sides.reread());
        RowKey key = change.event().key().orElseThrow();
        Outcome outcome = comparator.judge(sides, key, change.position().commitTime());
        tell(settlement.written(change, sides, outcome), change.position().commitTime(), effects);
        if (change.event().origin() == Origin.LIVE) {
            weigh(outcome, key, streamTime);
            witness.written(change.event().operation(), outcome, comparator.allowedValue(sides));
            abort.written(change, sides);
        }
    }

    private void weigh(Outcome outcome, RowKey key, Instant streamTime) {
        if (outcome instanceof Outcome.Matched) {
            trigger.settled(key, streamTime);
        } else if (outcome instanceof Outcome.Unverifiable) {
            trigger.unverifiable(key, streamTime);
        }
    }

    void removed(RowChange change) {
        counters.tellApart(change.event().origin(), Reread.NONE);
        if (change.event().origin() == Origin.LIVE) {
            witness.removed(change.event().operation());
        }
        if (change.event().operation() == Operation.TRUNCATE) {
            settlement.truncated(change);
        } else {
            settlement.deleted(change);
        }
    }

    void committed(Moment at, Instant streamTime, Consumer<Effect> effects) {
        Commit commit = settlement.committed(at);
        tell(commit.turns(), at.time(), effects);
        if (isCounted(at.time())) {
            commit.stillConfirmed().forEach(key -> trigger.confirmed(key, streamTime, streamTime));
        }
        boolean converged = false;
        for (Turn turn : commit.turns()) {
            if (turn.finding().state() == FindingState.CONVERGED && isLive(turn)) {
                trigger.settled(turn.finding().key(), streamTime);
                turn.finding().latency().ifPresent(each -> latency.converged(each, streamTime));
                converged = true;
            }
        }
        if (!commit.stillConfirmed().isEmpty() || trigger.judgesEverySettlement()) {
            judge(rateCrossing(streamTime), at, effects);
        }
        if (converged) {
            judge(latency.crossing(streamTime), at, effects);
        }
    }

    /** Stream time moves to a moment: counts the time, confirms what is due. */
    void timePassed(Optional<Instant> before, Moment now, boolean sighted, Consumer<Effect> effects) {
        clock.pass(before, now.time(), sighted, isAborted());
        List<Turn> confirmed = findings.confirm(now);
        if (!confirmed.isEmpty()) {
            tell(confirmed, now.time(), effects);
            confirmed.stream()
                    .filter(PromotionLine::isLive)
                    .map(Turn::finding)
                    .filter(finding -> isCounted(finding.opened().time()))
                    .forEach(finding ->
                            trigger.confirmed(finding.key(), finding.opened().time(), now.time()));
            judge(rateCrossing(now.time()), now, effects);
        }
        if (census.hasSettled(now.time())) {
            judge(stateCrossing(), now, effects);
        }
    }

    /** Of what was written before statistics were first looked at, nobody knows among how many others it stood. */
    private boolean isCounted(Instant written) {
        return !trigger.estimates()
                || estimate.filter(known -> !written.isBefore(known.since())).isPresent();
    }

    private static boolean isLive(Turn turn) {
        return turn.finding().writtenBy() == Origin.LIVE;
    }

    private static void tell(List<Turn> turns, Instant time, Consumer<Effect> effects) {
        turns.forEach(turn -> effects.accept(new Effect.FindingTurned(turn, time)));
    }

    /**
     * The crossing of the limit on the rate: what is counted goes before what is tested, an estimate waits for news.
     */
    private Optional<Crossing> rateCrossing(Instant streamTime) {
        boolean strict = promotion.policy().mismatchRate().mode() == MismatchRatePolicy.Mode.STRICT;
        Optional<Crossing> counted = strict ? stateCrossing() : Optional.empty();
        return trigger.estimates() ? counted : counted.or(() -> trigger.crossing(streamTime));
    }

    /** Somebody looked at the statistics of the table. */
    void counted(TableCount count, Lsn watermark, Instant streamTime, Consumer<Effect> effects) {
        if (trigger.estimates()) {
            Optional<Estimate> before = estimate;
            estimate = Optional.of(before.map(known -> known.and(count)).orElseGet(() -> Estimate.begunAt(count)));
            before.ifPresent(
                    known -> trigger.estimated(estimate.orElseThrow().written() - known.written(), count.at()));
            judge(
                    trigger.crossing(streamTime),
                    "counted-" + count.at(),
                    new Moment(watermark, OptionalLong.empty(), streamTime),
                    effects);
        }
    }

    /** A census is a count of everything: its rate needs no test. */
    private Optional<Crossing> stateCrossing() {
        return census.rowsOfRate()
                .flatMap(rows -> trigger.stateCrossing(findings.totals().confirmed(), rows));
    }

    private void judge(Optional<Crossing> crossing, Moment at, Consumer<Effect> effects) {
        judge(crossing, at.lsn().toString(), at, effects);
    }

    private void judge(Optional<Crossing> crossing, String name, Moment at, Consumer<Effect> effects) {
        if (crossing.isPresent() && !isAborted() && promotion.phase() != Phase.A) {
            abort.raise(crossing.get(), name, at, evidence(), effects);
        }
    }

    private AbortLatch.Evidence evidence() {
        return new AbortLatch.Evidence(
                findings.firstConfirmed(FINDINGS_IN_ABORT), breakdown.slices().brief());
    }

    /** An order; it is dated by the broker, and the stream stands at the watermark. */
    void ordered(Command command, Lsn watermark, Consumer<Effect> effects) {
        switch (command.kind()) {
            case RAISE -> {
                if (abort.active().isEmpty()) {
                    abort.raise(command, watermark, evidence(), effects);
                }
            }
            case CLEAR -> {
                if (abort.clear(command, effects)) {
                    forgetEvidence();
                    witness.clear();
                    estimate = estimate.map(known -> Estimate.begunAt(known.latest()));
                    override.clear();
                    clock.restart(command.sent());
                }
            }
            case GATE_OVERRIDE ->
                command.overruled().ifPresent(what -> override.take(command, what, isAborted(), effects));
            case SCAN, PAUSE, RESUME -> {
                // for the census of the table: see CensusDesk
            }
            case WRITE_LATENCY ->
                command.latency()
                        .ifPresent(figure -> told(
                                figure,
                                "command-" + command.number(),
                                new Moment(watermark, OptionalLong.empty(), command.sent()),
                                effects));
        }
    }

    private boolean isAborted() {
        return abort.active().isPresent();
    }

    /** What has been exercised since the window began. */
    private PromotionStatus.Seen seen() {
        Witnessed witnessed = witness.witnessed();
        return new PromotionStatus.Seen(
                trigger.settledRows(),
                trigger.countsExactly(),
                witnessed,
                promotion.domain().allowed().map(allowed -> {
                    Set<String> unseen = new HashSet<>(allowed);
                    unseen.removeAll(witnessed.allowed());
                    return unseen;
                }));
    }

    /**
     * Someone measured the application's write latency.
     *
     * @param name tells this figure from others
     */
    void told(WriteLatency figure, String name, Moment at, Consumer<Effect> effects) {
        if (promotion.phase() == Phase.A) {
            latency.baseline(figure, at.time());
        } else {
            judge(latency.told(figure, at.time()), name, at, effects);
        }
    }

    /** Both sides of a report were read. */
    void read(ReportReading reading, Lsn watermark, Consumer<Effect> effects) {
        Moment at = new Moment(watermark, OptionalLong.empty(), reading.read());
        FindingTotals totals = findings.totals();
        Optional<Crossing> crossing = reports.read(reading.besides(totals.suspected() + totals.confirmed()));
        judge(crossing, "report-" + reading.report() + ":" + reading.read(), at, effects);
    }

    /** The counters event at a cut of stream time, when something changed since the last. */
    void cut(Instant boundary, Supplier<PromotionStatus> status, Consumer<Effect> effects) {
        long told = told();
        if (told == toldAtCut) {
            return;
        }
        toldAtCut = told;
        effects.accept(new Effect.CountersCut(
                promotion.id() + ":" + generation + ":counters:" + boundary, status.get(), boundary));
    }

    /** Grows with every change counted and every turn of a finding, and with nothing else. */
    private long told() {
        FindingTotals totals = findings.totals();
        return counters.changes()
                + totals.suspected()
                + 2 * totals.confirmed()
                + 3 * (totals.converged() + totals.resolved());
    }

    PromotionStatus status(
            Lsn watermark,
            Optional<Instant> streamTime,
            Optional<String> silence,
            Coverage coverage,
            OptionalDouble censusProgress) {
        Instant now = streamTime.orElse(Instant.EPOCH);
        List<WindowRate> rates = trigger.rates(now);
        PromotionStatus.Window window = clock.of(promotion.policy().window());
        Judgement judgement = new Judgement(
                promotion,
                trigger.settledRows(),
                trigger.confirmedRows(),
                findings.totals(),
                abort.active(),
                abort.since(),
                latency.application(),
                window,
                Burn.of(rates, promotion.policy().mismatchRate().maximum()),
                trigger.estimates());
        long unremembered = census.unremembered().waiting();
        Sentences.Said said =
                Sentences.withUnremembered(judgement.say(silence, blinding(coverage), census.latest()), unremembered);
        Counts counts = counters.counts();
        Attribution attribution = breakdown.slices();
        return new PromotionStatus(
                promotion.id(),
                promotion.table(),
                promotion.phase(),
                said.verdict(),
                said.reason(),
                window,
                counts,
                findings.totals(),
                trigger.rate(now),
                rates,
                findings.latencies(),
                abort.active(),
                abort.since(),
                abort.raised(),
                latency.application(),
                reports.standings(),
                watermark,
                streamTime,
                coverage.of(promotion.id()),
                new PromotionStatus.Census(census.latest(), censusProgress, census.examined(), unremembered),
                seen(),
                override.inForce(isAborted()),
                attribution.sharpest().map(split -> Crowd.sentence(split, now)),
                attribution.brief(),
                estimate);
    }

    /** The coverage gap for which this promotion is blind, if any. */
    Optional<CoverageGap> blinding(Coverage coverage) {
        return coverage.blinding(promotion.id(), census.examined());
    }

    /** The coverage gaps of which no clean census knows what happened in them. */
    List<CoverageGap> unexamined(Coverage coverage) {
        return coverage.unexamined(promotion.id(), census.examined());
    }

    /** The transaction that was being folded does not come again: what it had touched is as it was before. */
    void abandon() {
        settlement.abandon();
    }

    PromotionState state() {
        PromotionStatus.Window window = clock.of(promotion.policy().window());
        return new PromotionState(
                counters.counts(),
                findings.totals(),
                findings.latencies(),
                window.started(),
                window.verified(),
                window.blind(),
                abort.active(),
                abort.since(),
                abort.raised(),
                Optional.of(promotion.phase()),
                toldAtCut,
                latency.application(),
                reports.standings(),
                census.state(),
                witness.witnessed(),
                override.inForce(isAborted()),
                estimate);
    }

    /** All that is remembered counts as changed. */
    void tellAll() {
        settlement.tellAll();
        trigger.tellAll();
        breakdown.tellAll();
        latency.tellAll();
    }

    List<StateEntry> drainChanged() {
        List<StateEntry> entries = new ArrayList<>();
        settlement.drainChanged((key, row) -> entries.add(new StateEntry.Row(promotion.id(), key, row)));
        trigger.drainChanged().forEach(tally -> entries.add(new StateEntry.Tallied(promotion.id(), tally)));
        breakdown
                .drainChanged()
                .forEach((place, slice) -> entries.add(new StateEntry.Sliced(promotion.id(), place, slice)));
        trigger.drainEstimates()
                .forEach((place, versions) -> entries.add(new StateEntry.Counted(promotion.id(), place, versions)));
        latency.drainChanged()
                .forEach((slot, latencies) -> entries.add(new StateEntry.Delayed(promotion.id(), slot, latencies)));
        return entries;
    }
}
