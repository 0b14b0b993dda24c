package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.judge.Abort;
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
 */
record Judgement(
        Promotion promotion,
        long settledRows,
        long confirmedRows,
        FindingTotals findings,
        Optional<Abort> abort,
        PromotionStatus.Window window) {

    /**
     * The verdict and its sentence; an active abort goes first, then blindness, then contradiction, then want of
     * evidence.
     *
     * @param gaps those of which nobody knows what happened in them
     */
    Sentences.Said say(Optional<String> silence, List<CoverageGap> gaps, Optional<CensusResult> census) {
        if (abort.isPresent()) {
            return new Sentences.Said(Verdict.ABORT, Sentences.abort(abort.get()));
        }
        if (silence.isPresent()) {
            return new Sentences.Said(Verdict.BLIND, silence.get());
        }
        if (!gaps.isEmpty()) {
            return new Sentences.Said(Verdict.BLIND, Sentences.gaps(gaps, census));
        }
        Disagreement disagreement =
                census.map(result -> result.found().disagreement()).orElse(Disagreement.NONE);
        if (disagreement.rows() > 0) {
            return new Sentences.Said(Verdict.SUSPECT, Sentences.disagreement(disagreement));
        }
        double bound = Confidence.upperBound(confirmedRows, settledRows);
        String counted = Sentences.counted(confirmedRows, settledRows, bound);
        double maximum = promotion.policy().mismatchRate().maximum();
        if (bound > maximum) {
            return new Sentences.Said(
                    Verdict.INSUFFICIENT_DATA,
                    counted + "; more rows are needed to say \"below " + Sentences.percent(maximum) + "\"");
        }
        Verdict verdict = findings.confirmed() > 0 ? Verdict.WARN : Verdict.OK;
        return new Sentences.Said(verdict, counted + Sentences.open(findings) + Sentences.left(window));
    }
}
