package io.promotionverifier.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.ReportTrouble;
import io.promotionverifier.core.promotion.PromotionId;

/** The meters of the reports. Safe for use by many threads. */
final class ReportMeters {
    private static final String FAILURES = "verifier.report.failures";

    private final MeterRegistry registry;
    private final Board board;

    ReportMeters(MeterRegistry registry, Board board) {
        this.registry = registry;
        this.board = board;
    }

    /** Registers the series of a report; unknown is NaN. */
    void register(PromotionId promotion, String report) {
        Gauge.builder("verifier.report.divergent.rows", board, b -> divergentRows(b, promotion, report))
                .tags(tags(promotion, report))
                .register(registry);
        registry.counter(FAILURES, tags(promotion, report));
    }

    void failed(PromotionId promotion, String report) {
        registry.counter(FAILURES, tags(promotion, report)).increment();
    }

    private static Tags tags(PromotionId promotion, String report) {
        return Tags.of("promotion", promotion.value(), "report", report);
    }

    private static double divergentRows(Board board, PromotionId promotion, String report) {
        boolean unknown = board.reportTroubles().stream()
                .anyMatch(trouble -> trouble.report().equals(new ReportTrouble.Report(promotion, report)));
        return unknown
                ? Double.NaN
                : board.status(promotion)
                        .map(status -> status.reports().get(report))
                        .map(standing -> (double) standing.latest().divergentRows())
                        .orElse(Double.NaN);
    }
}
