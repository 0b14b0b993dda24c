package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.Crossing;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.sql.RollbackScript;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The abort of one promotion: raised at most once at a time, and ended only by an explicit clear. Confined to the
 * thread that walks the line.
 */
final class AbortLatch {
    private final Promotion promotion;
    private final long generation;
    private final Map<String, Long> raised;
    private Optional<Abort> active;
    private AfterAbort since;

    AbortLatch(Promotion promotion, long generation, PromotionState from) {
        this.promotion = promotion;
        this.generation = generation;
        raised = new TreeMap<>(from.abortsRaised());
        active = from.abort();
        since = from.sinceAbort();
    }

    /**
     * What an abort shows beside its figures.
     *
     * @param findings the first confirmed ones
     * @param attribution who wrote
     */
    record Evidence(List<Finding> findings, Attribution attribution) {
        private String crowd(AbortTrigger trigger, Instant now) {
            return trigger == AbortTrigger.MISMATCH_RATE
                    ? attribution
                            .sharpest()
                            .map(split -> "; " + Crowd.sentence(split, now))
                            .orElse("")
                    : "";
        }
    }

    Optional<Abort> active() {
        return active;
    }

    /** What was written since the active abort. */
    AfterAbort since() {
        return since;
    }

    /** A live write: after an abort it tells whether dual-writing goes on. */
    void written(RowChange change, Sides sides) {
        if (active.isPresent()) {
            since = since.with(
                    change.event().operation(), sides, change.position().commitTime());
        }
    }

    Map<String, Long> raised() {
        return raised;
    }

    /**
     * A limit was crossed at a moment of the stream.
     *
     * @param name tells this decision from others at the same moment
     * @param evidence what speaks for it beside the figures
     */
    void raise(Crossing crossing, String name, Moment at, Evidence evidence, Consumer<Effect> effects) {
        List<Finding> findings = evidence.findings();
        latch(
                new Abort(
                        promotion.id() + ":" + generation + ":abort:" + name,
                        promotion.id(),
                        crossing.trigger(),
                        Optional.of(crossing.rule()),
                        Optional.of(crossing.evidence()),
                        findings.isEmpty() ? at.lsn() : findings.get(0).opened().lsn(),
                        at.lsn(),
                        at.time(),
                        Optional.empty(),
                        Sentences.crossing(crossing) + evidence.crowd(crossing.trigger(), at.time()),
                        findings,
                        evidence.attribution(),
                        RollbackScript.of(promotion)),
                effects);
    }

    /** Someone says so. */
    void raise(Command command, Lsn watermark, Evidence evidence, Consumer<Effect> effects) {
        latch(
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
                        evidence.findings(),
                        evidence.attribution(),
                        RollbackScript.of(promotion)),
                effects);
    }

    private void latch(Abort abort, Consumer<Effect> effects) {
        active = Optional.of(abort);
        since = AfterAbort.NOTHING;
        raised.merge(abort.trigger().name(), 1L, Long::sum);
        effects.accept(new Effect.AbortRaised(abort));
    }

    /** Ends the active abort; false when there is none. */
    boolean clear(Command command, Consumer<Effect> effects) {
        if (active.isEmpty()) {
            return false;
        }
        effects.accept(
                new Effect.AbortEnded(new AbortCleared(active.get(), command.sent(), command.by(), command.reason())));
        active = Optional.empty();
        return true;
    }
}
