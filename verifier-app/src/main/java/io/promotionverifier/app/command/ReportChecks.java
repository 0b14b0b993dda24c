package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.Reports;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.report.GeneratedPair;
import io.promotionverifier.postgres.report.ReportPair;
import io.promotionverifier.postgres.report.ReportReader;
import java.util.ArrayList;
import java.util.List;

/** Every report can be planned, and both its sides give the same columns. */
final class ReportChecks {
    static final String REPORT = "report";

    /** Any xid will do to plan a query with. */
    private static final String SOME_HORIZON = "3";

    private ReportChecks() {}

    static List<CheckResult> run(VerifierConfig config, PostgresAccess access, Assembly assembly) {
        List<CheckResult> results = new ArrayList<>();
        try (ReportReader reader = new ReportReader(access)) {
            for (Reports.Report report : Reports.of(config, assembly)) {
                results.add(plan(report, reader));
            }
        }
        for (Promotion promotion : assembly.promotions()) {
            GeneratedPair.reasonAgainst(promotion)
                    .map(reason -> CheckResult.pass(
                            REPORT + " " + promotion.id() + "-default", "no pair is generated: " + reason))
                    .ifPresent(results::add);
        }
        return results;
    }

    private static CheckResult plan(Reports.Report report, ReportReader reader) {
        String name = REPORT + " " + report.id();
        try {
            if (report.source() instanceof Reports.Source.Written written) {
                reader.require(written.pair());
                return CheckResult.pass(name, "both sides give the same columns");
            }
            ReportPair pair =
                    ((Reports.Source.Generated) report.source()).pair().over(SOME_HORIZON);
            reader.require(pair);
            return CheckResult.pass(name, "generated: rows by value, once a day; it reads the whole table twice");
        } catch (SourceException e) {
            return CheckResult.refuse(name, String.valueOf(e.getMessage()));
        }
    }
}
