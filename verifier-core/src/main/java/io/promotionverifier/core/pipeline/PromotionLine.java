package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.MismatchRateTrigger;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.ledger.Counters;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Commit;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.core.settle.Findings;
import io.promotionverifier.core.settle.Settlement;
import io.promotionverifier.core.settle.Turn;
import io.promotionverifier.core.sql.RollbackScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The line of one promotion: compare, settle, judge. Confined to the thread that walks the line. */
final class PromotionLine {
    private static final int FINDINGS_IN_ABORT = 10;

    private final Promotion promotion;
    private final long generation;
    private final Comparator comparator;
    private final Counters counters;
    private final Findings findings;
    private final Settlement settlement;
    private final MismatchRateTrigger trigger;
    private final LineCensus census;
    private final Map<String, Long> abortsRaised;
    private final boolean samePhase;
    private Optional<Instant> started;
    private Duration verified;
    private Duration blind;
    private Optional<Abort> abort;
    private long toldAtCut;

    PromotionLine(Promotion promotion, long generation, ValueSeal seal, PromotionState from) {
        this.promotion = promotion;
        this.generation = generation;
        comparator = new Comparator(promotion, seal);
        counters = new Counters(from.counts());
        findings = new Findings(promotion.policy().grace(), from.findings(), from.latency());
        settlement = new Settlement(promotion, generation, counters, findings);
        trigger = new MismatchRateTrigger(promotion.policy().mismatchRate());
        abortsRaised = new TreeMap<>(from.abortsRaised());
        samePhase = from.phase().isEmpty() || from.phase().get() == promotion.phase();
        PromotionCensus censused = samePhase ? from.census() : PromotionCensus.NONE;
        census = new LineCensus(promotion, comparator, counters, findings, settlement, censused);
        started = samePhase ? from.started().or(promotion::started) : promotion.started();
        verified = samePhase ? from.verified() : Duration.ZERO;
        blind = samePhase ? from.blind() : Duration.ZERO;
        abort = from.abort();
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
        }
    }

    /** All that is restored is here: the evidence of another phase counts no more. */
    void begin() {
        if (!samePhase) {
            trigger.clear();
        }
    }

    boolean asksForParent(Reading reading) {
        return comparator.asksForParent(reading);
    }

    /** Folds a written row at a stream time; returns its sides for the history. */
    Sides written(RowChange change, Reading reading, Instant streamTime, Consumer<Effect> effects) {
        Sides sides = comparator.sides(reading);
        RowKey key = change.event().key().orElseThrow();
        Outcome outcome = comparator.judge(sides, key, change.position().commitTime());
        tell(settlement.written(change, sides, outcome), change.position().commitTime(), effects);
        if (outcome instanceof Outcome.Matched && change.event().origin() == Origin.LIVE) {
            trigger.settled(key, streamTime);
        }
        return sides;
    }

    void removed(RowChange change) {
        if (change.event().operation() == Operation.TRUNCATE) {
            settlement.truncated();
        } else {
            settlement.deleted(change.event().key().orElseThrow());
        }
    }

    void committed(Moment at, Instant streamTime, Consumer<Effect> effects) {
        Commit commit = settlement.committed(at);
        tell(commit.turns(), at.time(), effects);
        commit.stillConfirmed().forEach(key -> trigger.confirmed(key, streamTime));
        for (Turn turn : commit.turns()) {
            if (turn.finding().state() == FindingState.CONVERGED && isLive(turn)) {
                trigger.settled(turn.finding().key(), streamTime);
            }
        }
        if (!commit.stillConfirmed().isEmpty() || trigger.judgesEverySettlement()) {
            judge(at, streamTime, effects);
        }
    }

    /** Stream time moves to a moment: counts the time, confirms what is due. */
    void timePassed(Optional<Instant> before, Moment now, boolean sighted, Consumer<Effect> effects) {
        if (started.isEmpty()) {
            started = Optional.of(now.time());
        }
        if (before.isPresent() && abort.isEmpty()) {
            Duration passed = Duration.between(before.get(), now.time());
            if (sighted) {
                verified = verified.plus(passed);
            } else {
                blind = blind.plus(passed);
            }
        }
        List<Turn> confirmed = findings.confirm(now);
        if (!confirmed.isEmpty()) {
            tell(confirmed, now.time(), effects);
            confirmed.stream()
                    .filter(PromotionLine::isLive)
                    .forEach(turn -> trigger.confirmed(turn.finding().key(), now.time()));
            judge(now, now.time(), effects);
        }
        if (census.hasSettled(now.time())) {
            raiseIfCrossed(stateCrossing(), now, effects);
        }
    }

    private static boolean isLive(Turn turn) {
        return turn.finding().writtenBy() == Origin.LIVE;
    }

    private static void tell(List<Turn> turns, Instant time, Consumer<Effect> effects) {
        turns.forEach(turn -> effects.accept(new Effect.FindingTurned(turn, time)));
    }

    private void judge(Moment at, Instant streamTime, Consumer<Effect> effects) {
        boolean strict = promotion.policy().mismatchRate().mode() == MismatchRatePolicy.Mode.STRICT;
        raiseIfCrossed(
                strict ? stateCrossing().or(() -> trigger.crossing(streamTime)) : trigger.crossing(streamTime),
                at,
                effects);
    }

    private void raiseIfCrossed(Optional<MismatchRateTrigger.Crossing> crossing, Moment at, Consumer<Effect> effects) {
        if (abort.isEmpty() && promotion.phase() != Phase.A) {
            crossing.ifPresent(crossed -> raise(abortOf(crossed, at), effects));
        }
    }

    /** A census is a count of everything: its rate needs no test. */
    private Optional<MismatchRateTrigger.Crossing> stateCrossing() {
        return census.rowsOfRate()
                .flatMap(rows -> trigger.stateCrossing(findings.totals().confirmed(), rows));
    }

    private Abort abortOf(MismatchRateTrigger.Crossing crossing, Moment at) {
        List<Finding> first = findings.firstConfirmed(FINDINGS_IN_ABORT);
        return new Abort(
                promotion.id() + ":" + generation + ":abort:" + at.lsn(),
                promotion.id(),
                AbortTrigger.MISMATCH_RATE,
                Optional.of(crossing.rule()),
                Optional.of(crossing.evidence()),
                first.isEmpty() ? at.lsn() : first.get(0).opened().lsn(),
                at.lsn(),
                at.time(),
                Optional.empty(),
                Sentences.mismatchRate(crossing),
                first,
                RollbackScript.of(promotion));
    }

    void ordered(Command command, Lsn watermark, Consumer<Effect> effects) {
        if (command.kind() == Command.Kind.RAISE && abort.isEmpty()) {
            raise(abortOf(command, watermark), effects);
        } else if (command.kind() == Command.Kind.CLEAR && abort.isPresent()) {
            effects.accept(new Effect.AbortEnded(
                    new AbortCleared(abort.get(), command.sent(), command.by(), command.reason())));
            abort = Optional.empty();
            trigger.clear();
            census.clear();
            verified = Duration.ZERO;
            started = Optional.of(command.sent());
        }
    }

    private Abort abortOf(Command command, Lsn watermark) {
        return new Abort(
                promotion.id() + ":" + generation + ":abort:command-" + command.number(),
                promotion.id(),
                AbortTrigger.MANUAL,
                Optional.empty(),
                Optional.empty(),
                watermark,
                watermark,
                command.sent(),
                Optional.of(command.by()),
                command.reason(),
                findings.firstConfirmed(FINDINGS_IN_ABORT),
                RollbackScript.of(promotion));
    }

    private void raise(Abort raised, Consumer<Effect> effects) {
        abort = Optional.of(raised);
        abortsRaised.merge(raised.trigger().name(), 1L, Long::sum);
        effects.accept(new Effect.AbortRaised(raised));
    }

    /** The counters event at a cut of stream time, when something changed since the last. */
    void cut(Instant boundary, PromotionStatus status, Consumer<Effect> effects) {
        long told = told(status);
        if (told == toldAtCut) {
            return;
        }
        toldAtCut = told;
        effects.accept(
                new Effect.CountersCut(promotion.id() + ":" + generation + ":counters:" + boundary, status, boundary));
    }

    /** Grows with every change counted and every turn of a finding, and with nothing else. */
    private static long told(PromotionStatus status) {
        FindingTotals totals = status.findings();
        return status.counts().changes()
                + totals.suspected()
                + 2 * totals.confirmed()
                + 3 * (totals.converged() + totals.resolved());
    }

    /** The gaps of which no clean census knows what happened in them. */
    List<CoverageGap> unknown(List<CoverageGap> gaps) {
        return gaps.stream().filter(census::isUnknown).toList();
    }

    PromotionStatus status(
            Lsn watermark,
            Optional<Instant> streamTime,
            Optional<String> silence,
            List<CoverageGap> gaps,
            OptionalDouble censusProgress) {
        WindowRate rate = streamTime
                .map(trigger::rate)
                .orElseGet(() ->
                        new WindowRate(0, 0, promotion.policy().mismatchRate().over()));
        PromotionStatus.Window window =
                new PromotionStatus.Window(started, promotion.policy().window(), verified, blind);
        Judgement judgement = new Judgement(
                promotion, trigger.settledRows(), trigger.confirmedRows(), findings.totals(), abort, window);
        Sentences.Said said = judgement.say(silence, unknown(gaps), census.latest());
        Counts counts = counters.counts();
        return new PromotionStatus(
                promotion.id(),
                promotion.table(),
                promotion.phase(),
                said.verdict(),
                said.reason(),
                window,
                counts,
                findings.totals(),
                rate,
                findings.latencies(),
                abort,
                abortsRaised,
                watermark,
                streamTime,
                gaps,
                new PromotionStatus.Census(census.latest(), censusProgress));
    }

    PromotionState state() {
        return new PromotionState(
                counters.counts(),
                findings.totals(),
                findings.latencies(),
                started,
                verified,
                blind,
                abort,
                abortsRaised,
                Optional.of(promotion.phase()),
                toldAtCut,
                census.state());
    }

    List<StateEntry> drainChanged() {
        List<StateEntry> entries = new ArrayList<>();
        settlement.drainChanged().forEach((key, row) -> entries.add(new StateEntry.Row(promotion.id(), key, row)));
        trigger.drainChanged().forEach(tally -> entries.add(new StateEntry.Tallied(promotion.id(), tally)));
        return entries;
    }
}
