package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.Burn;
import io.promotionverifier.core.judge.Confidence;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.FindingTotals;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on a promotion, from what has been counted.
 *
 * @param promotion the promotion
 * @param settledRows distinct rows settled since the last clear
 * @param confirmedRows distinct rows confirmed since the last clear
 * @param findings findings by state
 * @param abort the active abort
 * @param window how far the window has come
 * @param burn how fast the tolerated rate is being used up
 */
record Judgement(
        Promotion promotion,
        long settledRows,
        long confirmedRows,
        FindingTotals findings,
        Optional<Abort> abort,
        PromotionStatus.Window window,
        Burn burn) {

    /** The verdict and its sentence; an active abort goes first, then blindness, then want of evidence. */
    Sentences.Said say(Optional<String> silence, List<CoverageGap> gaps) {
        if (abort.isPresent()) {
            return new Sentences.Said(Verdict.ABORT, Sentences.abort(abort.get()));
        }
        if (silence.isPresent()) {
            return new Sentences.Said(Verdict.BLIND, silence.get());
        }
        if (!gaps.isEmpty()) {
            return new Sentences.Said(Verdict.BLIND, Sentences.gaps(gaps));
        }
        double bound = Confidence.upperBound(confirmedRows, settledRows);
        String counted = Sentences.counted(confirmedRows, settledRows, bound);
        double maximum = promotion.policy().mismatchRate().maximum();
        if (burn != Burn.NONE) {
            return new Sentences.Said(Verdict.WARN, counted + Sentences.burning(burn, maximum));
        }
        if (bound > maximum) {
            return new Sentences.Said(
                    Verdict.INSUFFICIENT_DATA,
                    counted + "; more rows are needed to say \"below " + Sentences.percent(maximum) + "\"");
        }
        Verdict verdict = findings.confirmed() > 0 ? Verdict.WARN : Verdict.OK;
        return new Sentences.Said(verdict, counted + Sentences.open(findings) + Sentences.left(window));
    }
}
