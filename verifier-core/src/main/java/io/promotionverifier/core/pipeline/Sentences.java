package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.MismatchRateTrigger;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.settle.FindingTotals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
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

    static String counted(long confirmed, long settled, double bound) {
        if (settled == 0) {
            return "no row has settled yet";
        }
        return confirmed + " of " + settled + " settled rows mismatch (95 % sure: below " + percent(bound) + ")";
    }

    static String mismatchRate(MismatchRateTrigger.Crossing crossing) {
        Abort.Evidence evidence = crossing.evidence();
        if (evidence.window().isZero()) {
            return evidence.mismatched() + " of " + evidence.sample() + " rows holding a value mismatch now ("
                    + percent(evidence.observed()) + "), more than " + percent(evidence.threshold())
                    + " (counted by the census)";
        }
        return evidence.mismatched() + " of " + evidence.sample() + " settled rows mismatch ("
                + percent(evidence.observed()) + "), more than " + percent(evidence.threshold()) + " ("
                + crossing.rule()
                + " test)";
    }

    static String abort(Abort abort) {
        String what = abort.trigger() == AbortTrigger.MANUAL
                ? "raised by " + abort.by().orElse("someone") + ": " + abort.reason()
                : abort.reason();
        return "abort since " + abort.raised() + ": " + what;
    }

    static String gaps(List<CoverageGap> gaps, Optional<CensusResult> census) {
        CoverageGap last = gaps.get(gaps.size() - 1);
        String gap = "coverage gap from " + last.from() + " to " + last.to() + " (" + last.reason() + "): ";
        boolean looked = census.filter(result -> result.begun().compareTo(last.to()) >= 0)
                .isPresent();
        return looked
                ? gap + "the census after it found " + rows(census.get().found().mismatched())
                        + " that disagreed; repair them and scan again"
                : gap + "nobody knows what happened in between until a census has ended clean";
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
