package io.promotionverifier.app.metrics;

import static io.promotionverifier.app.metrics.Figures.lower;
import static io.promotionverifier.app.metrics.Figures.ratio;
import static io.promotionverifier.app.metrics.Figures.seconds;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.Burn;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.judge.WriteLatency.Measure;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one promotion, each series there from the start. What they show is the promotion's status as of the
 * last committed checkpoint. Safe for use by many threads.
 */
final class PromotionMeters {
    private static final Map<String, ToDoubleFunction<PromotionStatus>> OUTCOMES = Map.of(
            "MATCHED", status -> status.counts().matched(),
            "ABSENT", status -> status.counts().absent(),
            "MISMATCHED", status -> status.counts().mismatches(),
            "SUPERSEDED", status -> status.counts().superseded(),
            "EXPLAINED", status -> status.counts().explanations(),
            "UNVERIFIABLE", status -> status.counts().unverifiables(),
            "SKIPPED", status -> status.counts().skips());

    private final MeterRegistry registry;
    private final Board board;
    private final Promotion promotion;
    private final Tags own;
    private final Timer convergence;
    private final Timer detection;

    private PromotionMeters(MeterRegistry registry, Board board, Promotion promotion) {
        this.registry = registry;
        this.board = board;
        this.promotion = promotion;
        this.own = Tags.of("promotion", promotion.id().value());
        this.convergence = Figures.timer(registry, "verifier.dual.write.latency", own);
        this.detection = Figures.timer(registry, "verifier.detection", own);
    }

    /** Registers every series but those of reports, which {@link ReportMeters} knows. */
    static PromotionMeters register(MeterRegistry registry, Board board, Promotion promotion) {
        PromotionMeters meters = new PromotionMeters(registry, board, promotion);
        meters.bindCapture();
        meters.bindOutcomes();
        meters.bindFindings();
        meters.bindCensus();
        meters.bindJudgement();
        meters.bindWindow();
        meters.bindAborts();
        meters.bindApplication();
        return meters;
    }

    /** A finding's turn became readable; a clock behind the server's counts as no time at all. */
    void published(Effect.FindingTurned turned, Instant now) {
        Duration took = Duration.between(turned.time(), now);
        detection.record(took.isNegative() ? Duration.ZERO : took);
        Finding finding = turned.turn().finding();
        if (finding.state() == FindingState.CONVERGED) {
            finding.latency().ifPresent(convergence::record);
        }
    }

    /** What is told of a row only where the server compares first has its series only there. */
    private void bindCapture() {
        boolean screened = promotion.policy().capture() == Capture.SUSPECTS;
        for (Operation operation : Operation.values()) {
            boolean ofScreened = operation == Operation.ENTERED || operation == Operation.LEFT;
            if (screened || !ofScreened) {
                count(
                        "verifier.changes",
                        own.and("op", lower(operation)),
                        s -> s.counts().operations().getOrDefault(operation, 0L));
            }
        }
        if (screened) {
            figure(
                    "verifier.changes.estimated",
                    own,
                    s -> s.estimate().map(known -> (double) known.changes()).orElse(Double.NaN));
            gauge("verifier.mismatch.ratio.estimated", own, s -> s.rate().estimated() ? 1 : 0);
        }
    }

    private void bindOutcomes() {
        OUTCOMES.forEach((outcome, figure) -> count("verifier.outcomes", own.and("outcome", outcome), figure));
        for (MismatchKind kind : MismatchKind.values()) {
            count(
                    "verifier.mismatches",
                    own.and("kind", kind.name()),
                    s -> s.counts().mismatched().getOrDefault(kind, 0L));
        }
        for (UnverifiableReason reason : UnverifiableReason.values()) {
            count(
                    "verifier.unverifiable",
                    own.and("reason", reason.name()),
                    s -> s.counts().unverifiable().getOrDefault(reason, 0L));
        }
        count("verifier.backfill.changes", own, s -> s.counts().apart().backfill());
        count("verifier.reread.changes", own, s -> s.counts().apart().reread());
    }

    private void bindFindings() {
        gauge(
                "verifier.findings.open",
                own.and("state", "suspected"),
                s -> s.findings().suspected());
        gauge(
                "verifier.findings.open",
                own.and("state", "confirmed"),
                s -> s.findings().confirmed());
        figure(
                "verifier.mismatch.ratio",
                own.and("rate", "window"),
                s -> s.rate().value().orElse(Double.NaN));
    }

    private void bindCensus() {
        figure(
                "verifier.mismatch.ratio",
                own.and("rate", "state"),
                s -> s.stateRate().map(of -> ratio(of.mismatched(), of.rows())).orElse(Double.NaN));
        figure("verifier.null.ratio", own, s -> counted(s, c -> ratio(c.nullColumn(), c.withDocument())));
        figure(
                "verifier.census.finished.timestamp.seconds",
                own,
                s -> s.census()
                        .latest()
                        .map(result -> Figures.timestamp(result.finished()))
                        .orElse(Double.NaN));
        gauge(
                "verifier.census.progress.ratio",
                own,
                s -> s.census().progress().orElse(s.census().latest().isPresent() ? 1 : 0));
    }

    private static double counted(PromotionStatus status, ToDoubleFunction<CensusCounts> figure) {
        return status.census()
                .latest()
                .map(result -> figure.applyAsDouble(result.counts()))
                .orElse(Double.NaN);
    }

    /** One series of a promotion is 1 among its verdicts; both burns may be 0. */
    private void bindJudgement() {
        double maximum = promotion.policy().mismatchRate().maximum();
        for (Verdict verdict : Verdict.values()) {
            gauge("verifier.verdict", own.and("verdict", verdict.name()), s -> s.verdict() == verdict ? 1 : 0);
        }
        for (Burn burn : List.of(Burn.SLOW, Burn.FAST)) {
            gauge("verifier.burn", own.and("speed", lower(burn)), s -> Burn.of(s.rates(), maximum) == burn ? 1 : 0);
        }
    }

    private void bindWindow() {
        gauge("verifier.window.verified.seconds", own, s -> seconds(s.window().verified()));
        count(
                "verifier.window.blind.seconds",
                own.and("reason", "source"),
                s -> seconds(s.window().blind()));
        count("verifier.coverage.gaps", own, s -> s.gaps().size());
    }

    private void bindAborts() {
        for (AbortTrigger trigger : AbortTrigger.values()) {
            Tags triggered = own.and("trigger", trigger.name());
            gauge(
                    "verifier.abort.active",
                    triggered,
                    s -> s.abort().filter(abort -> abort.trigger() == trigger).isPresent() ? 1 : 0);
            count("verifier.aborts", triggered, s -> s.abortsRaised().getOrDefault(trigger.name(), 0L));
        }
        threshold(AbortTrigger.MISMATCH_RATE, promotion.policy().mismatchRate().maximum());
        threshold(
                AbortTrigger.DUAL_WRITE_LATENCY,
                seconds(promotion.policy().latency().p99()));
    }

    /** The limit of a trigger, which does not change while the verifier runs. */
    void threshold(AbortTrigger trigger, double limit) {
        Gauge.builder("verifier.abort.threshold", () -> limit)
                .tags(own.and("trigger", trigger.name()))
                .register(registry);
    }

    private void bindApplication() {
        for (Measure measure : Measure.values()) {
            figure(
                    "verifier.application.write.latency.seconds",
                    own.and("measure", lower(measure)),
                    s -> Optional.ofNullable(s.application().latest().get(measure))
                            .map(latest -> latest.value().toNanos() / 1e9)
                            .orElse(Double.NaN));
        }
    }

    private void count(String name, Tags tags, ToDoubleFunction<PromotionStatus> figure) {
        FunctionCounter.builder(
                        name,
                        board,
                        b -> b.status(promotion.id()).map(figure::applyAsDouble).orElse(0.0))
                .tags(tags)
                .register(registry);
    }

    /** What is unknown before the first checkpoint too: NaN, never 0. */
    private void figure(String name, Tags tags, ToDoubleFunction<PromotionStatus> figure) {
        gauge(name, tags, figure, Double.NaN);
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<PromotionStatus> figure) {
        gauge(name, tags, figure, 0);
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<PromotionStatus> figure, double before) {
        Gauge.builder(
                        name,
                        board,
                        b -> b.status(promotion.id()).map(figure::applyAsDouble).orElse(before))
                .tags(tags)
                .register(registry);
    }
}
