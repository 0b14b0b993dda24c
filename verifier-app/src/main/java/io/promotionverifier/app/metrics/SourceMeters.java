package io.promotionverifier.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters.RestartCause;
import io.promotionverifier.topics.decode.Seen.Overlooked;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The meters of the source and of what is read from it. Safe for use by many threads. */
final class SourceMeters {
    private final MeterRegistry registry;
    private final Board board;
    private final Tags tags;
    private final Timer checkpoint;
    private final Map<RestartCause, Counter> restarts;
    private final Map<Overlooked, Counter> passedOver;

    private SourceMeters(MeterRegistry registry, Board board, String source) {
        this.registry = registry;
        this.board = board;
        this.tags = Tags.of("source", source);
        this.checkpoint = Figures.timer(registry, "verifier.checkpoint", tags);
        this.restarts = counters("verifier.engine.restarts", "cause", RestartCause.values());
        this.passedOver = counters("verifier.topic.records.passed.over", "reason", Overlooked.values());
    }

    /** Registers every series. */
    static SourceMeters register(MeterRegistry registry, Board board, String source) {
        SourceMeters meters = new SourceMeters(registry, board, source);
        meters.bind();
        return meters;
    }

    private <E extends Enum<E>> Map<E, Counter> counters(String name, String label, E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toMap(
                        Function.identity(), value -> registry.counter(name, tags.and(label, Figures.lower(value)))));
    }

    private void bind() {
        gauge("verifier.source.lag.seconds", b -> b.lagSeconds().orElse(Double.NaN));
        gauge(
                "verifier.source.lag.bytes",
                b -> b.statuses().stream()
                        .findFirst()
                        .map(status -> Figures.orNan(b.vitals().lagBytes(status.watermark())))
                        .orElse(Double.NaN));
        gauge(
                "verifier.checkpoint.timestamp.seconds",
                b -> b.committed().map(Figures::timestamp).orElse(Double.NaN));
        gauge("verifier.slot.retained.bytes", b -> Figures.orNan(b.vitals().retainedBytes()));
        gauge(
                "verifier.source.heartbeat.timestamp.seconds",
                b -> b.vitals().echoed().map(Figures::timestamp).orElse(Double.NaN));
    }

    private void gauge(String name, ToDoubleFunction<Board> figure) {
        Gauge.builder(name, board, figure).tags(tags).register(registry);
    }

    Timer checkpoint() {
        return checkpoint;
    }

    Counter restarts(RestartCause cause) {
        return find(restarts, cause);
    }

    Counter passedOver(Overlooked why) {
        return find(passedOver, why);
    }

    /** Every constant has its counter since {@link #counters}. */
    private static <E extends Enum<E>> Counter find(Map<E, Counter> counters, E constant) {
        return Objects.requireNonNull(counters.get(constant));
    }
}
