package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.Burn;
import io.promotionverifier.core.judge.Crossing;
import io.promotionverifier.core.judge.LatencyTrigger;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.settle.FindingTotals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a verdict or an abort says to a tired person, in one sentence. */
final class Sentences {
    private Sentences() {}

    /**
     * A verdict with its reason.
     *
     * @param verdict the verdict
     * @param reason one sentence
     */
    record Said(Verdict verdict, String reason) {}

    /** What only a census can tell is never shown as good. */
    static Said withUnremembered(Said said, long versions) {
        if (versions == 0) {
            return said;
        }
        Verdict verdict = said.verdict() == Verdict.OK ? Verdict.WARN : said.verdict();
        return new Said(
                verdict,
                said.reason() + "; " + versions + (versions == 1 ? " row version" : " row versions")
                        + " beyond the limit of rows that may disagree at once: only a census can tell how they stand");
    }

    static String counted(long confirmed, long settled, double bound) {
        if (settled == 0) {
            return "no row has settled yet";
        }
        return confirmed + " of " + settled + " settled rows mismatch (95 % sure: below " + percent(bound) + ")";
    }

    /** The server sent suspects only: what else was written is a matter of statistics. */
    static String estimated(long confirmed, long versions, Optional<CensusResult> census) {
        String written = versions == 0
                ? "no row has been written yet, as far as the table's statistics tell"
                : rows(confirmed) + " mismatched, in about " + versions
                        + " row versions (an estimate: the table's statistics)";
        return census.map(result -> written + "; the latest census compared "
                        + rows(result.counts().rows()))
                .orElse(written + "; only a census tells how many rows agree: `scan`");
    }

    static String crossing(Crossing crossing) {
        Abort.Evidence evidence = crossing.evidence();
        return switch (crossing.trigger()) {
            case MISMATCH_RATE -> mismatchRate(crossing.rule(), evidence);
            case DUAL_WRITE_LATENCY -> latency(crossing.rule(), evidence);
            case REPORT_DIVERGENCE ->
                crossing.rule() + " gives " + evidence.mismatched()
                        + " rows on one side only, and has for "
                        + evidence.window().toSeconds() + " s; "
                        + Math.round(evidence.threshold()) + " may differ";
            case MANUAL -> throw new IllegalArgumentException("nobody crosses a limit by hand");
        };
    }

    private static String mismatchRate(String rule, Abort.Evidence evidence) {
        if (evidence.window().isZero()) {
            return evidence.mismatched() + " of " + evidence.sample() + " rows holding a value mismatch now ("
                    + percent(evidence.observed()) + "), more than " + percent(evidence.threshold())
                    + " (counted by the census)";
        }
        String of = evidence.estimated() ? " rows mismatch, in about " : " of ";
        String what = evidence.estimated() ? " row versions (an estimate; " : " settled rows mismatch (";
        return evidence.mismatched() + of + evidence.sample() + what
                + percent(evidence.observed()) + "), more than " + percent(evidence.threshold()) + " (" + rule
                + " test)";
    }

    private static String latency(String rule, Abort.Evidence evidence) {
        return switch (rule) {
            case LatencyTrigger.CONVERGENCE ->
                "the two halves of a write lie " + seconds(evidence.observed())
                        + " apart at the 99th percentile of " + evidence.sample() + ", more than "
                        + seconds(evidence.threshold());
            case LatencyTrigger.APPLICATION ->
                "the application's writes take " + seconds(evidence.observed()) + " at the 99th percentile, more than "
                        + seconds(evidence.threshold());
            default ->
                "the application's writes take " + percent(evidence.observed())
                        + " longer than before it wrote twice, more than " + percent(evidence.threshold());
        };
    }

    private static String seconds(double value) {
        return new BigDecimal(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString() + " s";
    }

    static String abort(Abort abort) {
        String what = abort.trigger() == AbortTrigger.MANUAL
                ? "raised by " + abort.by().orElse("someone") + ": " + abort.reason()
                : abort.reason();
        return "abort since " + abort.raised() + ": " + what;
    }

    /** Whether dual-writing has stopped, as far as inserts tell. */
    static String since(AfterAbort since, boolean suspectsOnly) {
        if (suspectsOnly) {
            return "; whether dual-writing has stopped is unknown: the server sends suspects only";
        }
        if (since.written() > 0) {
            return "; dual-writing goes on: " + since.written() + " of " + since.inserts()
                    + " rows inserted since hold both sides, the latest at "
                    + since.latest().map(Instant::toString).orElse("an unknown time");
        }
        if (since.unknown() > 0) {
            return "; whether dual-writing has stopped is unknown: of " + since.unknown()
                    + " rows inserted since a side could not be seen";
        }
        return since.inserts() == 0
                ? "; whether dual-writing has stopped is unknown: no row was inserted since"
                : "; dual-writing has stopped: none of " + since.inserts() + " rows inserted since holds both sides";
    }

    static String slower(double fraction) {
        return "; the application's writes take " + percent(fraction) + " longer than before it wrote twice";
    }

    static String gap(CoverageGap gap, Optional<CensusResult> census) {
        return gap.to()
                .map(end -> "coverage gap from " + gap.from() + " to " + end + " (" + gap.reason() + "): "
                        + census.filter(result -> result.begun().compareTo(end) >= 0)
                                .map(result -> "the census after it found "
                                        + rows(result.found().mismatched())
                                        + " that disagreed; repair them and scan again")
                                .orElse("nobody knows what happened in between until a census has ended clean"))
                .orElseGet(() -> "coverage is lost since " + gap.from() + ": " + gap.reason());
    }

    static String disagreement(Disagreement disagreement) {
        String keys = disagreement.first().stream().map(RowKey::json).collect(Collectors.joining(", "));
        return "census and stream disagree about " + rows(disagreement.rows()) + ": " + keys
                + (disagreement.rows() > disagreement.first().size() ? ", ..." : "");
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    static String open(FindingTotals findings) {
        return findings.confirmed() == 0 ? "" : "; " + findings.confirmed() + " rows disagree now";
    }

    static String burning(Burn burn, double maximum) {
        return burn == Burn.FAST
                ? "; in the last hour and the last 5 minutes far more than " + percent(maximum) + " did"
                : "; over the last day and the last 6 hours more than " + percent(maximum) + " did";
    }

    static String left(PromotionStatus.Window window) {
        Duration left = window.length().minus(window.verified());
        if (left.isNegative() || left.isZero()) {
            return "; the window is complete";
        }
        if (left.toDays() >= 1) {
            return "; " + left.toDays() + " days of the window left";
        }
        return "; " + Math.max(1, left.toHours()) + " hours of the window left";
    }

    static String percent(double rate) {
        BigDecimal rounded = new BigDecimal(rate * 100).round(new MathContext(2));
        return rounded.stripTrailingZeros().toPlainString() + " %";
    }
}
