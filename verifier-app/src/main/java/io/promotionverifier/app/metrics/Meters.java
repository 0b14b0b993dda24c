package io.promotionverifier.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.topics.decode.Seen.Overlooked;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The meters of CONTRACT section 6, each series there from the start. Counters show the last committed checkpoint, so
 * they go on where they were after a restart. Safe for use by many threads. No row key and no value is ever a label.
 */
public final class Meters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<PromotionId, PromotionMeters> ofPromotions = new HashMap<>();
    private final SourceMeters ofSource;
    private final ReportMeters ofReports;

    /** Why an engine was rebuilt; with BROKER the whole line was, from the last checkpoint. */
    public enum RestartCause {
        CONNECTION,
        NOT_SET_UP,
        WAITING,
        SILENCE,
        BROKER,
        OTHER
    }

    public Meters(Board board, List<Promotion> promotions, String source, BuildInfo build) {
        registry.config().meterFilter(new MeterDescriptions());
        promotions.forEach(
                promotion -> ofPromotions.put(promotion.id(), PromotionMeters.register(registry, board, promotion)));
        ofSource = SourceMeters.register(registry, board, source);
        ofReports = new ReportMeters(registry, board);
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

    /** How many rows the reports of a promotion may differ in. */
    public void reportLimit(PromotionId promotion, long rows) {
        of(promotion).ifPresent(meters -> meters.threshold(AbortTrigger.REPORT_DIVERGENCE, (double) rows));
    }

    /** A report that is read; unknown is NaN. */
    public void report(PromotionId promotion, String report) {
        ofReports.register(promotion, report);
    }

    /** A report could not be read. */
    public void reportFailed(PromotionId promotion, String report) {
        ofReports.failed(promotion, report);
    }

    /** A finding's turn became readable; a clock behind the server's counts as no time at all. */
    public void published(Effect.FindingTurned turned, Instant now) {
        of(turned.turn().finding().promotion()).ifPresent(meters -> meters.published(turned, now));
    }

    private Optional<PromotionMeters> of(PromotionId promotion) {
        return Optional.ofNullable(ofPromotions.get(promotion));
    }

    /** A checkpoint was committed. */
    public void checkpointed(Duration took) {
        ofSource.checkpoint().record(took);
    }

    /** An engine is about to be rebuilt. */
    public void restarted(RestartCause cause) {
        ofSource.restarts(cause).increment();
    }

    /** Records of the change topics were no row changes to be judged. */
    public void passedOver(Overlooked why, long records) {
        ofSource.passedOver(why).increment((double) records);
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
