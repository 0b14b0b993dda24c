package io.promotionverifier.app.command;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.latency.StatementStatistics;
import io.promotionverifier.postgres.preflight.check.CheckResult;

/** The server counts its statements where we can see it; needed only where a limit stands on that figure. */
final class StatisticsCheck {
    static final String STATISTICS = "statement-statistics";

    private StatisticsCheck() {}

    static CheckResult run(VerifierConfig config, Session session) {
        StatementStatistics statistics = StatementStatistics.of(session);
        if (statistics.areReadable()) {
            return CheckResult.pass(STATISTICS, "pg_stat_statements tells the application's write latency");
        }
        String trouble = statistics.trouble().orElse("");
        boolean needed = config.promotions().stream()
                .anyMatch(promotion -> promotion
                        .policy()
                        .abort()
                        .dualWriteLatency()
                        .applicationOverBaseline()
                        .isPresent());
        CheckResult result = needed
                ? CheckResult.unknown(
                        STATISTICS,
                        trouble + ": the application's write latency is UNKNOWN, and"
                                + " abort.dual_write_latency.application.over_baseline limits it")
                : CheckResult.pass(
                        STATISTICS, trouble + ": the application's write latency is not read; no limit asks for it");
        return statistics.mending().map(result::with).orElse(result);
    }
}
