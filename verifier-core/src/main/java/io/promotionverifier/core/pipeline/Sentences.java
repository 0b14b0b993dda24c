package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.MismatchRateTrigger;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.settle.FindingTotals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

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

    static String gap(CoverageGap gap) {
        return gap.to()
                .map(end -> "coverage gap from " + gap.from() + " to " + end + " (" + gap.reason()
                        + "): nobody knows what happened in between; a census is needed")
                .orElseGet(() -> "coverage is lost since " + gap.from() + ": " + gap.reason());
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
