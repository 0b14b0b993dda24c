package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.pipeline.Command.Kind;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** An abort is latched, deterministic, and ends only by a clear. */
class AbortLawsTest {
    private static PromotionFixture strict() {
        return promotion("PROMO-001").strict(0.01, 10);
    }

    /** Writes rows of which every one settles: first the good ones, then the bad ones, and lets grace pass. */
    private static Story settle(Story story, int transaction, double second, int good, int bad) {
        var rows = story.tx(transaction).at(second);
        for (int i = 0; i < good + bad; i++) {
            rows.update(transaction * 1_000L + i, i < good ? "a" : "b", "a");
        }
        rows.commit();
        return story.heartbeat(second + 31);
    }

    @Test
    void strictAbortsWhenThePlainRateCrossesTheMaximum() {
        Story story = settle(new Story(strict().build()), 1, 10, 20, 1);

        Abort abort = story.aborts().get(0);
        assertThat(abort.trigger()).isEqualTo(AbortTrigger.MISMATCH_RATE);
        assertThat(abort.rule()).contains("strict");
        assertThat(abort.evidence().orElseThrow())
                .isEqualTo(new Abort.Evidence(1 / 21.0, 0.01, 21, 1, Duration.ofHours(24)));
        assertThat(abort.findings()).extracting(Finding::kind).hasSize(1);
        assertThat(abort.rollbackSql()).contains("UPDATE");
        assertThat(story.status().verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void anAbortShowsTheRowsThatAreConfirmedAndNotThoseThatMayStillConverge() {
        Story story = new Story(strict().build());
        story.tx(1).at(10).update(1, "b", "a").commit();
        story.tx(2).at(30).update(2, "b", "a").commit();
        settle(story, 3, 10, 20, 0);

        assertThat(story.aborts())
                .singleElement()
                .satisfies(abort ->
                        assertThat(abort.findings()).extracting(Finding::key).containsExactly(Readings.key(1)));
    }

    @Test
    void strictDecidesNothingBelowItsFewestRows() {
        Story story = settle(new Story(strict().build()), 1, 10, 8, 1);
        assertThat(story.aborts()).isEmpty();

        story.tx(2).at(50).update(1, "a", "a").commit();
        story.settle();
        assertThat(story.aborts()).hasSize(1);
    }

    @Test
    void aRateEqualToTheMaximumIsNoCrossing() {
        assertThat(settle(new Story(strict().build()), 1, 10, 99, 1).aborts()).isEmpty();
        assertThat(settle(new Story(strict().build()), 1, 10, 98, 1).aborts()).hasSize(1);
    }

    @Test
    void theStrictRateForgetsWhatTheWindowLeftBehind() {
        Promotion promotion = promotion("PROMO-001")
                .strictOver(Duration.ofMinutes(24), 0.01, 10)
                .build();
        Story story = settle(new Story(promotion), 1, 0, 0, 9);
        settle(story, 2, 3_600, 9, 0);

        assertThat(story.aborts()).isEmpty();
        assertThat(story.status().rate().confirmedRows()).isZero();
        assertThat(story.status().rate().settledRows()).isEqualTo(9);
    }

    @Test
    void sequentialAbortsAfterAHandfulOfBrokenRows() {
        Story story = new Story(promotion("PROMO-001").build());
        for (int i = 0; story.aborts().isEmpty(); i++) {
            settle(story, i + 1, 100 * i, 1, 1);
        }
        assertThat(story.aborts().get(0).rule()).contains("sequential");
        assertThat(story.aborts().get(0).evidence().orElseThrow().mismatched()).isLessThanOrEqualTo(3);
    }

    @Test
    void aLoneBadFirstRowNeverAborts() {
        Story story = settle(new Story(promotion("PROMO-001").build()), 1, 10, 0, 1);
        settle(story, 2, 100, 500, 0);

        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void phaseADecidesNothingAndItsEvidenceEndsWithIt() {
        Promotion inA = strict().phase(Phase.A).build();
        Story story = settle(new Story(inA), 1, 10, 20, 20);
        assertThat(story.aborts()).isEmpty();

        story.restart(List.of(strict().phase(Phase.B).build()));
        assertThat(story.status().rate().settledRows()).isZero();
        assertThat(story.status().window().verified()).isEqualTo(Duration.ZERO);
        settle(story, 2, 100, 20, 0);
        assertThat(story.aborts()).isEmpty();

        settle(story, 3, 200, 0, 1);
        assertThat(story.aborts()).hasSize(1);
        assertThat(story.restart(List.of(strict().build())).status().rate().settledRows())
                .isEqualTo(21);
    }

    @Test
    void anAbortIsLatchedAndSurvivesRestarts() {
        Story story = settle(new Story(strict().build()), 1, 10, 20, 1);
        settle(story, 2, 100, 20, 20);
        story.restart();
        settle(story, 3, 200, 20, 20);

        assertThat(story.aborts()).hasSize(1);
        assertThat(story.status().abort()).contains(story.aborts().get(0));
        assertThat(story.status().abortsRaised()).containsEntry("MISMATCH_RATE", 1L);
    }

    @Test
    void theSameHistoryGivesTheSameAbort() {
        Abort one = settle(new Story(strict().build()), 1, 10, 20, 1).aborts().get(0);
        Abort two = settle(new Story(strict().build()), 1, 10, 20, 1).aborts().get(0);

        assertThat(one).isEqualTo(two);
    }

    @Test
    void onlyLaterEvidenceCountsAfterAClear() {
        Story story = settle(new Story(strict().build()), 1, 10, 20, 5).clear(50);
        settle(story, 2, 60, 30, 0);
        assertThat(story.aborts()).hasSize(1);
        assertThat(story.status().rate().confirmedRows()).isZero();

        settle(story, 3, 100, 0, 1);
        assertThat(story.aborts()).hasSize(2);
        assertThat(story.aborts().get(1).evidence().orElseThrow().mismatched()).isEqualTo(1);
        assertThat(story.aborts().get(1).id())
                .isNotEqualTo(story.aborts().get(0).id());
    }

    @Test
    void aConfirmedRowThatIsWrittenBadlyAgainIsLaterEvidence() {
        Story story = settle(new Story(strict().build()), 1, 10, 20, 1).clear(50);
        settle(story, 2, 60, 20, 0);
        story.tx(3).at(100).update(1_020, "b", "a").commit();
        story.settle();

        assertThat(story.turns()).hasSize(2);
        assertThat(story.aborts()).hasSize(2);
    }

    @Test
    void aBackfillNeitherProvesNorAccuses() {
        Story story = new Story(strict().build());
        var rows = story.tx(1).at(10).backfilling();
        for (int i = 0; i < 50; i++) {
            rows.insert(i, i < 25 ? "a" : "b", "a");
        }
        rows.commit();
        story.heartbeat(60);

        assertThat(story.status().findings().confirmed()).isEqualTo(25);
        assertThat(story.status().rate().settledRows()).isZero();
        assertThat(story.status().rate().confirmedRows()).isZero();
        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void aManualAbortIsLatchedAndRaisingAgainChangesNothing() {
        Story story = new Story(strict().build());
        story.heartbeat(10).raise(11).raise(12);

        assertThat(story.aborts()).hasSize(1);
        assertThat(story.aborts().get(0).trigger()).isEqualTo(AbortTrigger.MANUAL);
        assertThat(story.aborts().get(0).by()).contains("ana");
        assertThat(story.status().verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void aClearEndsAnAbortOnce() {
        Story story = new Story(strict().build());
        story.heartbeat(10).clear(11).raise(12).clear(13).clear(14);

        assertThat(story.effects().stream().filter(Effect.AbortEnded.class::isInstance))
                .hasSize(1);
        assertThat(story.status().abort()).isEmpty();
        assertThat(story.effects()).extracting(Effect::eventId).doesNotHaveDuplicates();
    }

    @Test
    void aCommandActsOnceAlsoAfterARestart() {
        Story story = new Story(strict().build());
        story.heartbeat(10).order(Kind.RAISE, 0, 11).order(Kind.CLEAR, 1, 12);
        story.restart().order(Kind.RAISE, 0, 11).order(Kind.CLEAR, 1, 12).order(Kind.RAISE, 2, 13);

        assertThat(story.aborts()).extracting(Abort::id).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void theClockOfTheWindowStandsStillWhileAbortedAndStartsAnewAfterAClear() {
        Story story = new Story(strict().build());
        story.heartbeat(10).heartbeat(20).raise(20).heartbeat(100);
        assertThat(story.status().window().verified()).isEqualTo(Duration.ofSeconds(10));

        story.clear(100).heartbeat(107);
        assertThat(story.status().window().verified()).isEqualTo(Duration.ofSeconds(7));
    }

    private static Input report(long divergent, double second) {
        return report(new ReportReading("by-priority", divergent, 10, 0, ScriptedSource.second(second), false, true));
    }

    private static Input generated(long divergent, boolean counted, double second) {
        return report(
                new ReportReading("PROMO-001-default", divergent, 10, 0, ScriptedSource.second(second), true, counted));
    }

    private static Input report(ReportReading reading) {
        return new Input.ReportRead(new PromotionId("PROMO-001"), reading);
    }

    @Test
    void aReportThatStillDiffersAfterGraceAborts() {
        Story story = new Story(promotion("PROMO-001").build());
        story.tell(report(1, 10));
        assertThat(story.aborts()).isEmpty();

        story.restart().tell(report(1, 45));
        Abort abort = story.aborts().get(0);
        assertThat(abort.trigger()).isEqualTo(AbortTrigger.REPORT_DIVERGENCE);
        assertThat(abort.reason()).contains("report by-priority gives 1 rows on one side only");
    }

    @Test
    void theGeneratedPairAbortsForWhatNobodyKnowsAndNotForRowsThatAreFoundAlready() {
        Story story = new Story(promotion("PROMO-001").build());
        story.tx(1).at(1).insert(1, "a", "b").commit();
        story.settle();
        story.tell(generated(4, true, 40)).tell(generated(4, true, 80));
        assertThat(story.aborts()).isEmpty();

        story.tell(generated(5, true, 120)).restart().tell(generated(5, true, 160));
        assertThat(story.aborts().get(0).trigger()).isEqualTo(AbortTrigger.REPORT_DIVERGENCE);
    }

    @Test
    void whereNotAllRowsOfTheGeneratedPairWereCountedNobodyKnowsWhetherTheyAreFoundAlready() {
        Story story = new Story(promotion("PROMO-001").build());
        story.tx(1).at(1).insert(1, "a", "b").commit();
        story.settle();
        story.tell(generated(4, false, 40)).tell(generated(4, false, 80));
        assertThat(story.aborts().get(0).trigger()).isEqualTo(AbortTrigger.REPORT_DIVERGENCE);
    }

    @Test
    void phaseAKeepsTheBaselineAndAbortsNothing() {
        Story story = new Story(promotion("PROMO-001").phase(Phase.A).build());
        story.tell(report(1, 10)).tell(report(1, 45)).tell(writes(100, 50));
        assertThat(story.aborts()).isEmpty();

        LatencyPolicy limit = new LatencyPolicy(
                Duration.ofSeconds(2), Duration.ofMinutes(15), 100, Optional.empty(), OptionalDouble.of(0.3));
        story.restart(List.of(promotion("PROMO-001").latency(limit).build()));
        story.tell(writes(120, 60));
        assertThat(story.aborts()).isEmpty();
        story.tell(writes(140, 70));
        assertThat(story.aborts().get(0).trigger()).isEqualTo(AbortTrigger.DUAL_WRITE_LATENCY);
        assertThat(story.aborts().get(0).reason()).contains("40 % longer than before it wrote twice");
    }

    @Test
    void writesThatAreAFewPercentSlowerThanInPhaseAAreAWarningAndNeverHideThatEvidenceIsWanting() {
        Story story = new Story(promotion("PROMO-001").phase(Phase.A).build());
        story.tell(writes(100, 50));
        story.restart(List.of(promotion("PROMO-001").build()));
        story.tell(writes(115, 60));
        assertThat(story.status().reason()).doesNotContain("longer");

        story.tell(writes(120, 70));
        assertThat(story.status().verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(story.status().reason()).contains("20 % longer than before it wrote twice");
        for (int row = 0; row < 3_300; row++) {
            story.tx(10 + row).at(80).update(row, "a", "a").commit();
        }
        story.settle();
        assertThat(story.status().verdict()).isEqualTo(Verdict.WARN);
        assertThat(story.status().reason()).contains("20 % longer than before it wrote twice");
        assertThat(story.aborts()).isEmpty();
    }

    private static Input writes(long millis, double second) {
        return new Input.LatencyMeasured(
                new PromotionId("PROMO-001"),
                new WriteLatency(WriteLatency.Measure.MEAN, Duration.ofMillis(millis), Duration.ofMinutes(1)),
                ScriptedSource.second(second));
    }

    @Test
    void splitWritesThatConvergeTooSlowlyAbort() {
        LatencyPolicy limit = new LatencyPolicy(
                Duration.ofSeconds(2), Duration.ofMinutes(15), 3, Optional.empty(), OptionalDouble.empty());
        Story story = new Story(promotion("PROMO-001").latency(limit).build());
        for (int i = 0; i < 3; i++) {
            assertThat(story.aborts()).isEmpty();
            story.tx(10 + i).at(10 * i).update(i, "old", "new").commit();
            story.tx(20 + i).at(10 * i + 5).update(i, "new", "new").commit();
            story.settle();
        }
        Abort abort = story.aborts().get(0);
        assertThat(abort.trigger()).isEqualTo(AbortTrigger.DUAL_WRITE_LATENCY);
        assertThat(abort.reason()).startsWith("the two halves of a write lie 5");
    }

    @Test
    void afterAnAbortInsertsTellWhetherDualWritingStopped() {
        Story story = new Story(promotion("PROMO-001").build());
        story.raise(5);
        assertThat(story.status().reason()).contains("unknown: no row was inserted since");

        story.tx(3).at(9).insert(4, "a", Readings.TOAST).commit();
        story.settle();
        assertThat(story.status().reason()).contains("unknown: of 1 rows inserted since a side could not be seen");

        story.clear(9.5).raise(9.6).tx(1).at(10).insert(1, Readings.NONE, "a").commit();
        story.settle();
        assertThat(story.status().reason()).contains("dual-writing has stopped: none of 1 rows");

        story.tx(2).at(11).insert(2, "a", "a").update(3, "a", "a").commit();
        story.settle();
        assertThat(story.restart().status().reason()).contains("dual-writing goes on: 1 of 2 rows");
    }
}
