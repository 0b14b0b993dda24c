package io.promotionverifier.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.ReportTrouble;
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
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.topics.decode.Seen.Overlooked;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The meters of CONTRACT section 6, each series there from the start. Counters show the last committed checkpoint, so
 * they go on where they were after a restart. Safe for use by many threads. No row key and no value is ever a label.
 */
public final class Meters {
    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
        Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Board board;
    private final Map<PromotionId, Timer> convergence = new HashMap<>();
    private final Map<PromotionId, Timer> detection = new HashMap<>();
    private final Map<RestartCause, Counter> restarts = new EnumMap<>(RestartCause.class);
    private final Map<Overlooked, Counter> passedOver = new EnumMap<>(Overlooked.class);
    private final Timer checkpoint;

    /** Why an engine was rebuilt; with BROKER the whole line was, from the last checkpoint. */
    public enum RestartCause {
        CONNECTION,
        NOT_SET_UP,
        WAITING,
        SILENCE,
        BROKER,
        OTHER
    }

    private static final Map<String, ToDoubleFunction<PromotionStatus>> OUTCOMES = Map.of(
            "MATCHED", status -> status.counts().matched(),
            "ABSENT", status -> status.counts().absent(),
            "MISMATCHED", status -> status.counts().mismatches(),
            "SUPERSEDED", status -> status.counts().superseded(),
            "EXPLAINED", status -> status.counts().explanations(),
            "UNVERIFIABLE", status -> status.counts().unverifiables(),
            "SKIPPED", status -> status.counts().skips());

    public Meters(Board board, List<Promotion> promotions, String source, BuildInfo build) {
        this.board = board;
        registry.config().meterFilter(new MeterDescriptions());
        promotions.forEach(this::bind);
        Tags tags = Tags.of("source", source);
        checkpoint = timer("verifier.checkpoint", tags);
        for (RestartCause cause : RestartCause.values()) {
            restarts.put(cause, registry.counter("verifier.engine.restarts", tags.and("cause", lower(cause))));
        }
        for (Overlooked why : Overlooked.values()) {
            passedOver.put(why, registry.counter("verifier.topic.records.passed.over", tags.and("reason", lower(why))));
        }
        bindSource(tags);
        Gauge.builder("verifier.build.info", () -> 1)
                .tags("version", build.version(), "debezium", build.debezium())
                .tags("kafka", build.kafka(), "java", build.java())
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /**
     * The versions that run.
     *
     * @param version the verifier's
     * @param debezium Debezium's
     * @param kafka the Kafka clients'
     * @param java the virtual machine's
     */
    public record BuildInfo(String version, String debezium, String kafka, String java) {}

    /** What is told of a row only where the server compares first has its series only there. */
    private void bindCapture(Promotion promotion, PromotionId id, Tags tags) {
        boolean screened = promotion.policy().capture() == Capture.SUSPECTS;
        for (Operation operation : Operation.values()) {
            boolean ofScreened = operation == Operation.ENTERED || operation == Operation.LEFT;
            if (screened || !ofScreened) {
                count("verifier.changes", tags.and("op", lower(operation)), id, status -> of(status, operation));
            }
        }
        if (screened) {
            figure(
                    "verifier.changes.estimated",
                    tags,
                    id,
                    s -> s.estimate().map(known -> (double) known.changes()).orElse(Double.NaN));
            gauge("verifier.mismatch.ratio.estimated", tags, id, s -> s.rate().estimated() ? 1 : 0);
        }
    }

    private void bind(Promotion promotion) {
        PromotionId id = promotion.id();
        Tags tags = Tags.of("promotion", id.value());
        bindCapture(promotion, id, tags);
        OUTCOMES.forEach((outcome, figure) -> count("verifier.outcomes", tags.and("outcome", outcome), id, figure));
        for (MismatchKind kind : MismatchKind.values()) {
            count("verifier.mismatches", tags.and("kind", kind.name()), id, status -> of(status, kind));
        }
        for (UnverifiableReason reason : UnverifiableReason.values()) {
            count("verifier.unverifiable", tags.and("reason", reason.name()), id, status -> of(status, reason));
        }
        count("verifier.backfill.changes", tags, id, s -> s.counts().apart().backfill());
        count("verifier.reread.changes", tags, id, s -> s.counts().apart().reread());
        gauge(
                "verifier.findings.open",
                tags.and("state", "suspected"),
                id,
                s -> s.findings().suspected());
        gauge(
                "verifier.findings.open",
                tags.and("state", "confirmed"),
                id,
                s -> s.findings().confirmed());
        figure(
                "verifier.mismatch.ratio",
                tags.and("rate", "window"),
                id,
                s -> s.rate().value().orElse(Double.NaN));
        bindCensus(id, tags);
        bindJudgement(promotion, tags);
        gauge(
                "verifier.window.verified.seconds",
                tags,
                id,
                s -> seconds(s.window().verified()));
        count(
                "verifier.window.blind.seconds",
                tags.and("reason", "source"),
                id,
                s -> seconds(s.window().blind()));
        count("verifier.coverage.gaps", tags, id, s -> s.gaps().size());
        for (AbortTrigger trigger : AbortTrigger.values()) {
            Tags triggered = tags.and("trigger", trigger.name());
            gauge("verifier.abort.active", triggered, id, s -> isActive(s, trigger) ? 1 : 0);
            count("verifier.aborts", triggered, id, s -> s.abortsRaised().getOrDefault(trigger.name(), 0L));
        }
        threshold(
                id,
                AbortTrigger.MISMATCH_RATE,
                promotion.policy().mismatchRate().maximum());
        threshold(
                id,
                AbortTrigger.DUAL_WRITE_LATENCY,
                seconds(promotion.policy().latency().p99()));
        for (Measure measure : Measure.values()) {
            figure(
                    "verifier.application.write.latency.seconds",
                    tags.and("measure", lower(measure)),
                    id,
                    s -> latest(s, measure));
        }
        convergence.put(id, timer("verifier.dual.write.latency", tags));
        detection.put(id, timer("verifier.detection", tags));
    }

    /** One series of a promotion is 1 among its verdicts; both burns may be 0. */
    private void bindJudgement(Promotion promotion, Tags tags) {
        PromotionId id = promotion.id();
        double maximum = promotion.policy().mismatchRate().maximum();
        for (Verdict verdict : Verdict.values()) {
            gauge("verifier.verdict", tags.and("verdict", verdict.name()), id, s -> s.verdict() == verdict ? 1 : 0);
        }
        for (Burn burn : List.of(Burn.SLOW, Burn.FAST)) {
            gauge(
                    "verifier.burn",
                    tags.and("speed", lower(burn)),
                    id,
                    s -> Burn.of(s.rates(), maximum) == burn ? 1 : 0);
        }
    }

    private void bindCensus(PromotionId id, Tags tags) {
        figure(
                "verifier.mismatch.ratio",
                tags.and("rate", "state"),
                id,
                s -> s.stateRate().map(of -> ratio(of.mismatched(), of.rows())).orElse(Double.NaN));
        figure("verifier.null.ratio", tags, id, s -> counts(s, c -> ratio(c.nullColumn(), c.withDocument())));
        figure(
                "verifier.census.finished.timestamp.seconds",
                tags,
                id,
                s -> s.census()
                        .latest()
                        .map(result -> result.finished().toEpochMilli() / 1000.0)
                        .orElse(Double.NaN));
        gauge(
                "verifier.census.progress.ratio",
                tags,
                id,
                s -> s.census().progress().orElse(s.census().latest().isPresent() ? 1 : 0));
    }

    private static double counts(PromotionStatus status, ToDoubleFunction<CensusCounts> figure) {
        return status.census()
                .latest()
                .map(result -> figure.applyAsDouble(result.counts()))
                .orElse(Double.NaN);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    private void threshold(PromotionId id, AbortTrigger trigger, double limit) {
        Gauge.builder("verifier.abort.threshold", () -> limit)
                .tags("promotion", id.value(), "trigger", trigger.name())
                .register(registry);
    }

    /** How many rows the reports of a promotion may differ in. */
    public void reportLimit(PromotionId promotion, long rows) {
        threshold(promotion, AbortTrigger.REPORT_DIVERGENCE, (double) rows);
    }

    /** A report that is read; unknown is NaN. */
    public void report(PromotionId promotion, String report) {
        Tags tags = Tags.of("promotion", promotion.value(), "report", report);
        Gauge.builder("verifier.report.divergent.rows", board, b -> divergentRows(b, promotion, report))
                .tags(tags)
                .register(registry);
        registry.counter("verifier.report.failures", tags);
    }

    private double divergentRows(Board shown, PromotionId promotion, String report) {
        boolean unknown = shown.reportTroubles().stream()
                .anyMatch(trouble -> trouble.report().equals(new ReportTrouble.Report(promotion, report)));
        return unknown
                ? Double.NaN
                : status(promotion)
                        .map(status -> status.reports().get(report))
                        .map(standing -> (double) standing.latest().divergentRows())
                        .orElse(Double.NaN);
    }

    /** A report could not be read. */
    public void reportFailed(PromotionId promotion, String report) {
        registry.counter("verifier.report.failures", "promotion", promotion.value(), "report", report)
                .increment();
    }

    private static double latest(PromotionStatus status, Measure measure) {
        return Optional.ofNullable(status.application().latest().get(measure))
                .map(figure -> figure.value().toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    private void bindSource(Tags tags) {
        Gauge.builder("verifier.source.lag.seconds", board, b -> b.lagSeconds().orElse(Double.NaN))
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "verifier.source.lag.bytes",
                        board,
                        b -> b.statuses().stream()
                                .findFirst()
                                .map(status -> orNan(b.vitals().lagBytes(status.watermark())))
                                .orElse(Double.NaN))
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "verifier.checkpoint.timestamp.seconds",
                        board,
                        b -> b.committed()
                                .map(when -> when.toEpochMilli() / 1000.0)
                                .orElse(Double.NaN))
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "verifier.slot.retained.bytes",
                        board,
                        b -> orNan(b.vitals().retainedBytes()))
                .tags(tags)
                .register(registry);
        Gauge.builder(
                        "verifier.source.heartbeat.timestamp.seconds",
                        board,
                        b -> b.vitals()
                                .echoed()
                                .map(echo -> echo.toEpochMilli() / 1000.0)
                                .orElse(Double.NaN))
                .tags(tags)
                .register(registry);
    }

    private static double orNan(java.util.OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }

    private static double of(PromotionStatus status, Operation operation) {
        return status.counts().operations().getOrDefault(operation, 0L);
    }

    private static double of(PromotionStatus status, MismatchKind kind) {
        return status.counts().mismatched().getOrDefault(kind, 0L);
    }

    private static double of(PromotionStatus status, UnverifiableReason reason) {
        return status.counts().unverifiable().getOrDefault(reason, 0L);
    }

    private static boolean isActive(PromotionStatus status, AbortTrigger trigger) {
        return status.abort().filter(abort -> abort.trigger() == trigger).isPresent();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private Timer timer(String name, Tags tags) {
        return Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
    }

    private void count(String name, Tags tags, PromotionId id, ToDoubleFunction<PromotionStatus> figure) {
        FunctionCounter.builder(
                        name, board, b -> status(id).map(figure::applyAsDouble).orElse(0.0))
                .tags(tags)
                .register(registry);
    }

    /** What is unknown before the first checkpoint too: NaN, never 0. */
    private void figure(String name, Tags tags, PromotionId id, ToDoubleFunction<PromotionStatus> figure) {
        Gauge.builder(name, board, b -> status(id).map(figure::applyAsDouble).orElse(Double.NaN))
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, Tags tags, PromotionId id, ToDoubleFunction<PromotionStatus> figure) {
        Gauge.builder(name, board, b -> status(id).map(figure::applyAsDouble).orElse(0.0))
                .tags(tags)
                .register(registry);
    }

    private Optional<PromotionStatus> status(PromotionId id) {
        return board.statuses().stream()
                .filter(status -> status.promotion().equals(id))
                .findFirst();
    }

    /** A finding's turn became readable; a clock behind the server's counts as no time at all. */
    public void published(Effect.FindingTurned turned, Instant now) {
        Finding finding = turned.turn().finding();
        Duration took = Duration.between(turned.time(), now);
        Optional.ofNullable(detection.get(finding.promotion()))
                .ifPresent(timer -> timer.record(took.isNegative() ? Duration.ZERO : took));
        if (finding.state() == FindingState.CONVERGED) {
            finding.latency().ifPresent(latency -> converged(finding.promotion(), latency));
        }
    }

    private void converged(PromotionId promotion, Duration latency) {
        Optional.ofNullable(convergence.get(promotion)).ifPresent(timer -> timer.record(latency));
    }

    /** A checkpoint was committed. */
    public void checkpointed(Duration took) {
        checkpoint.record(took);
    }

    /** An engine is about to be rebuilt. */
    public void restarted(RestartCause cause) {
        Optional.ofNullable(restarts.get(cause)).ifPresent(Counter::increment);
    }

    /** Records of the change topics were no row changes to be judged. */
    public void passedOver(Overlooked why, long records) {
        Optional.ofNullable(passedOver.get(why)).ifPresent(counter -> counter.increment((double) records));
    }

    /** The exposition for a scraper. */
    public String scrape(String accept) {
        return registry.scrape(contentType(accept));
    }

    /** The content type that {@link #scrape} answers an Accept header with. */
    public static String contentType(String accept) {
        return accept.contains("application/openmetrics-text")
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
    }
}
