package io.promotionverifier.core.gate;

import io.promotionverifier.core.gate.GateFacts.ColumnIndex;
import io.promotionverifier.core.gate.GateFacts.ExpectedReport;
import io.promotionverifier.core.gate.GateFacts.TargetColumn;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the source itself must say: its catalog, its statistics, and the reports that are read from it.
 *
 * @param status the evidence
 * @param facts what was read beside it
 */
record SourceChecks(PromotionStatus status, GateFacts facts) {
    private static final Figure NONE = new Figure.Count(0);
    private static final Figure INDEXED = new Figure.Words("present and used");
    private static final String NO_CATALOG = "the catalog was not looked at: `gate` looks";

    /** A report that was not read for longer is not known to be equal: two periods, and time to read it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int PERIODS = 2;

    private Check judge(String name, Figure required, Function<TargetColumn, Check> rule) {
        return facts.column().map(rule).orElseGet(() -> Check.unknown(name, required, NO_CATALOG));
    }

    /**
     * The configuration is put together with the catalog before the gate is asked: a missing column is refused there.
     */
    Check column() {
        return judge("column", new Figure.Words("exists"), column -> {
            Figure type = new Figure.Words(column.type());
            return Check.pass("column", type, type, "the column exists and its type can be compared");
        });
    }

    Check noDefault() {
        Figure none = new Figure.Words("none");
        return judge(
                "column_default",
                none,
                column -> column.filledByDefault()
                        .map(expression -> Check.fail(
                                "column_default",
                                new Figure.Words(expression),
                                none,
                                "the default fills the column for a writer that knows the document only: drop it"))
                        .orElseGet(() ->
                                Check.pass("column_default", none, none, "a writer that forgets the column is seen")));
    }

    List<Check> reports() {
        List<Check> checks = new ArrayList<>();
        TreeMap<String, ReportTrigger.Standing> others = new TreeMap<>(status.reports());
        for (ExpectedReport expected : facts.reports()) {
            Optional<ReportTrigger.Standing> standing = Optional.ofNullable(others.remove(expected.name()));
            checks.add(report(
                    expected.name(),
                    standing,
                    expected.every().multipliedBy(PERIODS).plus(PATIENCE)));
        }
        others.forEach((name, standing) -> checks.add(report(name, Optional.of(standing), Duration.ofDays(1))));
        if (checks.isEmpty()) {
            checks.add(Check.warn(
                    "reports",
                    NONE,
                    new Figure.Words("at least one"),
                    "no report is compared: a query that joins the wrong side is not seen"));
        }
        return checks;
    }

    private Check report(String report, Optional<ReportTrigger.Standing> standing, Duration fresh) {
        String name = "report:" + report;
        if (standing.isEmpty()) {
            return Check.unknown(name, NONE, "its two sides were never read");
        }
        ReportTrigger.Standing known = standing.get();
        Figure divergent = new Figure.Count(known.latest().divergentRows());
        Figure most = new Figure.Count(known.latest().maximum());
        if (known.latest().isDivergent() || known.divergentSince().isPresent()) {
            return Check.fail(name, divergent, most, "its two sides do not give the same rows");
        }
        if (known.latest().read().plus(fresh).isBefore(facts.now())) {
            return Check.unknown(name, most, "read last at " + known.latest().read() + ": too long ago to say");
        }
        return Check.pass(
                name,
                divergent,
                most,
                "both sides gave the same rows at " + known.latest().read());
    }

    Check index(Phase to) {
        return judge("index", INDEXED, column -> index(column, to));
    }

    private static Check index(TargetColumn column, Phase to) {
        List<ColumnIndex> indexes = column.indexes();
        List<ColumnIndex> valid = indexes.stream().filter(ColumnIndex::valid).toList();
        if (indexes.isEmpty()) {
            return noIndex(column.documentIndexes());
        }
        if (valid.isEmpty()) {
            return Check.fail(
                    "index",
                    new Figure.Words("not valid"),
                    INDEXED,
                    "index " + names(indexes) + " is not valid: rebuild it");
        }
        long scans = valid.stream().mapToLong(ColumnIndex::scans).sum();
        Figure used = new Figure.Words("used " + scans + " times");
        if (scans == 0 && to == Phase.C) {
            return Check.fail(
                    "index",
                    used,
                    INDEXED,
                    "nobody used " + names(valid) + " since the server's statistics were reset: do readers read the"
                            + " column already?");
        }
        return Check.pass("index", used, INDEXED, names(valid) + " serves the column");
    }

    /** An index that serves the document today has no heir; without one, readers lose nothing. */
    private static Check noIndex(List<String> documents) {
        Figure absent = new Figure.Words("absent");
        return documents.isEmpty()
                ? Check.warn(
                        "index",
                        absent,
                        INDEXED,
                        "no index serves the column, and none the document: right if no query filters by it")
                : Check.fail(
                        "index",
                        absent,
                        INDEXED,
                        "the document has " + String.join(", ", documents)
                                + ", the column has no index: its readers would scan the table");
    }

    private static String names(List<ColumnIndex> indexes) {
        return String.join(", ", indexes.stream().map(ColumnIndex::name).toList());
    }

    /** Nobody can vouch for it yet, and it must not be said that somebody did. */
    Check rollbackRehearsed() {
        Figure required = new Figure.Words("rehearsed");
        return facts.rehearsed()
                .map(when -> Check.pass(
                        "rollback_rehearsed", new Figure.Words(when.toString()), required, "on a scratch copy"))
                .orElseGet(() -> Check.warn(
                        "rollback_rehearsed",
                        new Figure.Words("unknown"),
                        required,
                        "this version cannot rehearse it and does not know whether you did: run the rollback script on a"
                                + " copy"));
    }
}
