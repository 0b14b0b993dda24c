package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.Burn;
import io.promotionverifier.core.judge.Confidence;
import io.promotionverifier.core.judge.LatencyTrigger;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.FindingTotals;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The verdict on a promotion, from what has been counted.
 *
 * @param promotion the promotion
 * @param settledRows distinct rows settled since the last clear
 * @param confirmedRows distinct rows confirmed since the last clear
 * @param findings findings by state
 * @param abort the active abort
 * @param sinceAbort what was written since the active abort
 * @param application what is known of the application's write latency
 * @param window how far the window has come
 * @param burn how fast the tolerated rate is being used up
 * @param estimated true if the settled rows are row versions that statistics counted
 */
record Judgement(
        Promotion promotion,
        long settledRows,
        long confirmedRows,
        FindingTotals findings,
        Optional<Abort> abort,
        AfterAbort sinceAbort,
        ApplicationLatency application,
        PromotionStatus.Window window,
        Burn burn,
        boolean estimated) {

    /**
     * The verdict and its sentence; an active abort goes first, then blindness, then contradiction, then want of
     * evidence.
     *
     * @param silence why nothing comes from the source, if so
     * @param gap the coverage gap for which the promotion is blind, if so
     * @param census the latest one, if there was one
     */
    Sentences.Said say(Optional<String> silence, Optional<CoverageGap> gap, Optional<CensusResult> census) {
        if (abort.isPresent()) {
            return new Sentences.Said(
                    Verdict.ABORT, Sentences.abort(abort.get()) + Sentences.since(sinceAbort, estimated));
        }
        if (gap.filter(CoverageGap::isOpen).isPresent()) {
            return new Sentences.Said(Verdict.BLIND, Sentences.gap(gap.get(), census));
        }
        if (silence.isPresent()) {
            return new Sentences.Said(Verdict.BLIND, silence.get());
        }
        if (gap.isPresent()) {
            return new Sentences.Said(Verdict.BLIND, Sentences.gap(gap.get(), census));
        }
        Disagreement disagreement =
                census.map(result -> result.found().disagreement()).orElse(Disagreement.NONE);
        if (disagreement.rows() > 0) {
            return new Sentences.Said(Verdict.SUSPECT, Sentences.disagreement(disagreement));
        }
        double bound = bound(census);
        String counted = estimated
                ? Sentences.estimated(confirmedRows, settledRows, census)
                : Sentences.counted(confirmedRows, settledRows, bound);
        double maximum = promotion.policy().mismatchRate().maximum();
        if (burn != Burn.NONE) {
            return new Sentences.Said(Verdict.WARN, counted + Sentences.burning(burn, maximum));
        }
        Optional<String> slower = slower();
        if (bound > maximum) {
            return new Sentences.Said(
                    Verdict.INSUFFICIENT_DATA,
                    counted + "; more rows are needed to say \"below " + Sentences.percent(maximum) + "\""
                            + slower.orElse(""));
        }
        if (slower.isPresent()) {
            return new Sentences.Said(Verdict.WARN, counted + slower.get());
        }
        Verdict verdict = findings.confirmed() > 0 ? Verdict.WARN : Verdict.OK;
        return new Sentences.Said(verdict, counted + Sentences.open(findings) + Sentences.left(window));
    }

    /**
     * The rate below which the true one lies. Where good rows do not arrive, nobody knows how many distinct rows the
     * estimate stands for: no more than a census counted, and none before it.
     */
    private double bound(Optional<CensusResult> census) {
        long most = census.map(result -> result.counts().rows()).orElse(0L);
        long rows = estimated ? Math.max(confirmedRows, Math.min(settledRows, most)) : settledRows;
        return Confidence.upperBound(confirmedRows, rows);
    }

    /** That the application writes slower than in phase A, by the measure that shows the most; absent within bounds. */
    private Optional<String> slower() {
        return Arrays.stream(WriteLatency.Measure.values())
                .map(application::overBaseline)
                .flatMapToDouble(OptionalDouble::stream)
                .filter(fraction -> fraction > LatencyTrigger.WARN_OVER_BASELINE)
                .boxed()
                .max(Comparator.naturalOrder())
                .map(Sentences::slower);
    }
}
