package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowChange;
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
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
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
    private final Map<String, Long> abortsRaised;
    private Optional<Instant> started;
    private Duration verified;
    private Duration blind;
    private Optional<Abort> abort;
    private Optional<Instant> lastCut;
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
        started = from.started().or(promotion::started);
        verified = from.verified();
        blind = from.blind();
        abort = from.abort();
        lastCut = from.lastCut();
        toldAtCut = from.changesAtCut();
    }

    Promotion promotion() {
        return promotion;
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

    boolean asksForParent(Reading reading) {
        return comparator.asksForParent(reading);
    }

    /** Folds a written row; returns its sides for the history. */
    Sides written(RowChange change, Reading reading, Consumer<Effect> effects) {
        Sides sides = comparator.sides(reading);
        Instant commitTime = change.position().commitTime();
        Outcome outcome = comparator.judge(sides, change.event().key().orElseThrow(), commitTime);
        tell(settlement.written(change, sides, outcome), change.position().moment(), effects);
        if (outcome instanceof Outcome.Matched && change.event().origin() == Origin.LIVE) {
            trigger.settled(change.event().key().orElseThrow(), commitTime);
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

    void committed(Moment at, Consumer<Effect> effects) {
        tell(settlement.committed(at), at, effects);
        if (trigger.judgesEverySettlement()) {
            judge(at, effects);
        }
    }

    /** Stream time moves to a moment: counts the time, confirms what is due, cuts the counters. */
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
        tell(findings.confirm(now), now, effects);
    }

    private void tell(List<Turn> turns, Moment at, Consumer<Effect> effects) {
        boolean confirmed = false;
        for (Turn turn : turns) {
            Finding finding = turn.finding();
            if (finding.state() == FindingState.CONVERGED) {
                trigger.settled(finding.key(), at.time());
            } else if (finding.state() == FindingState.CONFIRMED) {
                trigger.confirmed(finding.key(), at.time());
                confirmed = true;
            }
            effects.accept(new Effect.FindingTurned(turn, at.time()));
        }
        if (confirmed) {
            judge(at, effects);
        }
    }

    private void judge(Moment at, Consumer<Effect> effects) {
        if (abort.isPresent() || promotion.phase() == Phase.A) {
            return;
        }
        trigger.crossing(at.time()).ifPresent(crossing -> {
            List<Finding> first = findings.firstConfirmed(FINDINGS_IN_ABORT);
            Lsn from = first.isEmpty() ? at.lsn() : first.get(0).opened().lsn();
            raise(
                    new Abort(
                            promotion.id() + ":" + generation + ":abort:" + at.lsn(),
                            promotion.id(),
                            AbortTrigger.MISMATCH_RATE,
                            Optional.of(crossing.rule()),
                            Optional.of(crossing.evidence()),
                            from,
                            at.lsn(),
                            at.time(),
                            Optional.empty(),
                            Sentences.mismatchRate(crossing),
                            first,
                            RollbackScript.of(promotion)),
                    effects);
        });
    }

    void ordered(Command command, Lsn watermark, Consumer<Effect> effects) {
        if (command.kind() == Command.Kind.RAISE && abort.isEmpty()) {
            raise(
                    new Abort(
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
                            RollbackScript.of(promotion)),
                    effects);
        } else if (command.kind() == Command.Kind.CLEAR && abort.isPresent()) {
            effects.accept(new Effect.AbortEnded(
                    new AbortCleared(abort.get(), command.sent(), command.by(), command.reason())));
            abort = Optional.empty();
            trigger.clear();
            verified = Duration.ZERO;
            started = Optional.of(command.sent());
        }
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
        lastCut = Optional.of(boundary);
        effects.accept(
                new Effect.CountersCut(promotion.id() + ":" + generation + ":counters:" + boundary, status, boundary));
    }

    private static long told(PromotionStatus status) {
        FindingTotals totals = status.findings();
        return status.counts().changes() * 7
                + totals.confirmed() * 5
                + totals.suspected() * 3
                + totals.converged()
                + totals.resolved() * 2;
    }

    PromotionStatus status(
            Lsn watermark, Optional<Instant> streamTime, Optional<String> silence, List<CoverageGap> gaps) {
        WindowRate rate = streamTime
                .map(trigger::rate)
                .orElseGet(() ->
                        new WindowRate(0, 0, promotion.policy().mismatchRate().over()));
        PromotionStatus.Window window =
                new PromotionStatus.Window(started, promotion.policy().window(), verified, blind);
        Judgement judgement = new Judgement(
                promotion, trigger.settledRows(), trigger.confirmedRows(), findings.totals(), abort, window);
        Sentences.Said said = judgement.say(silence, gaps);
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
                gaps);
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
                lastCut,
                toldAtCut);
    }

    List<StateEntry> drainChanged() {
        List<StateEntry> entries = new ArrayList<>();
        settlement.drainChanged().forEach((key, row) -> entries.add(new StateEntry.Row(promotion.id(), key, row)));
        trigger.drainChanged().forEach(tally -> entries.add(new StateEntry.Tallied(promotion.id(), tally)));
        return entries;
    }
}
