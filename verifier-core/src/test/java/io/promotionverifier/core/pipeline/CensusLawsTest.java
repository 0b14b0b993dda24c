package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.ScriptedSource.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.fixture.CensusSource.Version;
import io.promotionverifier.core.fixture.CensusStory;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.judge.Sample;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingOrigin;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.Resolution;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CensusLawsTest {
    private static final RowKey ONE = Readings.key(1);

    private static PromotionFixture calm() {
        return promotion("PROMO-001").strict(0.9, 1_000_000);
    }

    private static CensusStory story() {
        return new CensusStory(calm().build()).filled(5);
    }

    /** A slot made anew: what was written meanwhile is never shown. */
    private static Input gap(CensusStory story) {
        Lsn now = story.database().stream().now();
        return new Input.GapFound(new CoverageGap(Lsn.ZERO, now, "slot recreated"));
    }

    @Test
    void aRowThatNobodyWroteIsFoundAndConfirmedWhenStreamTimeHasPassedGrace() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        story.heartbeat(1).census(10);
        Finding opened = story.lastTurn();
        assertThat(opened.origin()).isEqualTo(FindingOrigin.CENSUS);
        assertThat(opened.state()).isEqualTo(FindingState.SUSPECTED);
        assertThat(opened.opened().time()).isEqualTo(second(10));

        assertThat(story.heartbeat(40).status().findings().confirmed()).isZero();
        assertThat(story.heartbeat(41).status().findings().confirmed()).isOne();
        assertThat(story.status().rate().settledRows()).isZero();
        assertThat(story.status().counts().changes()).isZero();
        assertThat(story.status().census().latest().orElseThrow().counts().rows())
                .isEqualTo(6);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.SUSPECT);
        assertThat(story.status().crowd()).contains("1 row disagrees");

        story.write(50, 1, "y", "y").heartbeat(51);
        assertThat(story.lastTurn().resolution()).contains(Resolution.AGREED);
    }

    @Test
    void aSecondWriteWithinGraceEndsItWithoutAConfirmationAndWithoutALatency() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        story.heartbeat(1).census(10).write(12, 1, "y", "y").heartbeat(100);
        assertThat(story.turns()).extracting(Finding::state).doesNotContain(FindingState.CONFIRMED);
        assertThat(story.lastTurn().resolution()).contains(Resolution.AGREED);
        assertThat(story.status().latency().samples()).isZero();
    }

    @Test
    void nothingIsJudgedBeforeTheStreamHasPassedTheChunk() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        story.heartbeat(1).begin().read(100);
        assertThat(story.turns()).isEmpty();
        assertThat(story.agenda().task()).isEmpty();
        story.heartbeat(2);
        assertThat(story.turns()).hasSize(1);
    }

    @Test
    void aRowThatChangedBehindTheSnapshotIsTheStreams() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        story.heartbeat(1).begin().read(100).write(2, 1, "y", "y").heartbeat(3);
        assertThat(story.turns()).isEmpty();
        assertThat(story.agenda().running()).isEmpty();
    }

    @Test
    void aChunkThatDoesNotSeeWhatTheStreamHadShownIsReadAgain() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        long early = story.database().begin();
        story.database().commit(early, 1, Map.of(1L, Optional.of(new Version("y", "y", early))));
        story.heartbeat(2).begin().read(100).heartbeat(3);
        assertThat(story.turns()).isEmpty();
        assertThat(story.agenda().task().orElseThrow().attempt()).isOne();
        story.database().reveal(early);
        story.read(100).heartbeat(4);
        assertThat(story.turns()).isEmpty();
        assertThat(story.status().census().latest()).isPresent();
    }

    @Test
    void aMismatchedRowThatTheStreamMustHaveShownIsADisagreement() {
        CensusStory story = story().heartbeat(1).census(2);
        story.writeUnseen(1, "x", "y").census(10);
        assertThat(story.status().verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(story.status().reason()).contains(ONE.json());
        assertThat(story.lastTurn().origin()).isEqualTo(FindingOrigin.CENSUS);

        story.census(60);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.SUSPECT);
    }

    @Test
    void rowsThatDisagreeAreNeverMoreThanThoseThatHoldAValue() {
        CensusStory story = story().heartbeat(1).census(2);
        for (int key = 1; key <= 20; key++) {
            story.write(3 + key, key, "x", "y");
        }
        story.heartbeat(100);
        assertThat(story.status().stateRate()).contains(new Sample(20, 20));
    }

    @Test
    void whatTheStreamCouldNotJudgeIsNoDisagreement() {
        CensusStory story = story().heartbeat(1).census(2);
        story.write(3, 1, "x", Readings.TOAST);
        story.writeUnseen(1, "x", "y").census(10);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.SUSPECT);
        assertThat(story.lastTurn().origin()).isEqualTo(FindingOrigin.CENSUS);
    }

    @Test
    void anOpenFindingWhoseRowAgreesIsADisagreement() {
        CensusStory story = story().heartbeat(1).write(2, 1, "x", "y").heartbeat(60);
        story.writeUnseen(1, "y", "y").census(70);
        assertThat(story.status().verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(story.status().reason()).contains(ONE.json());
        assertThat(story.status().findings().confirmed()).isOne();
    }

    @Test
    void afterAGapTheCensusKnowsBetter() {
        CensusStory story = story().heartbeat(1).write(2, 1, "x", "y").heartbeat(60);
        story.writeUnseen(1, "y", "y").writeUnseen(2, "x", "y").tell(gap(story)).census(70);
        assertThat(story.status().findings().resolved()).isOne();
        assertThat(story.lastTurn().key()).isIn(ONE, Readings.key(2));
        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(story.status().reason()).contains("found 1 row that disagreed");
        assertThat(story.agenda().due()).isEmpty();

        story.write(80, 2, "y", "y").heartbeat(120).census(130);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.BLIND);
    }

    @Test
    void whatHappenedInAGapBetweenTwoProcessesIsNoDisagreement() {
        CensusStory story = story().heartbeat(1).census(2);
        story.writeUnseen(1, "x", "y");
        CoverageGap gap = new CoverageGap(Lsn.ZERO, story.database().stream().now(), "setup --resume");
        story.restartBehind(gap).heartbeat(3).census(10).heartbeat(60);
        assertThat(story.status().findings().confirmed()).isOne();
        assertThat(story.status()
                        .census()
                        .latest()
                        .orElseThrow()
                        .found()
                        .disagreement()
                        .rows())
                .isZero();
    }

    @Test
    void aGapEndsByACleanCensusThatBeganAfterItAndStaysListed() {
        CensusStory story = story().heartbeat(1).census(2);
        assertThat(story.agenda().due()).isEmpty();
        story.begin().tell(gap(story));
        while (story.agenda().running().isPresent()) {
            story.read(100).heartbeat(3);
        }
        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(story.agenda().due()).containsExactly(PromotionFixture.CASES);

        story.heartbeat(100).census(110);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.BLIND);
        assertThat(story.status().gaps()).hasSize(1);
        Duration blind = story.status().window().blind();
        story.restart().heartbeat(120);
        assertThat(story.status().window().blind()).isEqualTo(blind);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.BLIND);

        story.tell(gap(story));
        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);
    }

    @Test
    void aRateOfEverythingAbortsWithoutATestOnceItsFindingsHaveSettled() {
        CensusStory story = new CensusStory(promotion("PROMO-001").build()).filled(99);
        story.database().old(1, "x", "y");
        story.heartbeat(1).census(10).heartbeat(40);
        assertThat(story.aborts()).isEmpty();
        story.heartbeat(41);
        assertThat(story.aborts()).hasSize(1);
        assertThat(story.aborts().get(0).rule()).contains("state");
        assertThat(story.aborts().get(0).evidence().orElseThrow().sample()).isEqualTo(100);
        assertThat(story.aborts().get(0).evidence().orElseThrow().mismatched()).isOne();

        story.order(Command.Kind.CLEAR).heartbeat(100);
        assertThat(story.aborts()).hasSize(1);
        story.census(200).heartbeat(300);
        assertThat(story.aborts()).hasSize(2);
    }

    @Test
    void aRateOfEverythingBelowTheLimitDoesNot() {
        CensusStory story =
                new CensusStory(promotion("PROMO-001").sequential(0.02, 0.01).build()).filled(99);
        story.database().old(1, "x", "y");
        story.heartbeat(1).census(10).heartbeat(100);
        assertThat(story.status().findings().confirmed()).isOne();
        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void phaseANeverAborts() {
        CensusStory story =
                new CensusStory(promotion("PROMO-001").phase(Phase.A).build());
        story.database().old(1, "x", "y");
        story.heartbeat(1).census(10).heartbeat(100);
        assertThat(story.status().findings().confirmed()).isOne();
        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void strictComparesTheRateOfEverythingAfterEnoughRows() {
        CensusStory few =
                new CensusStory(promotion("PROMO-001").strict(0.001, 101).build()).filled(99);
        CensusStory enough =
                new CensusStory(promotion("PROMO-001").strict(0.001, 100).build()).filled(99);
        for (CensusStory story : new CensusStory[] {few, enough}) {
            story.database().old(1, "x", "y");
            story.heartbeat(1).census(10).heartbeat(100);
        }
        assertThat(few.aborts()).isEmpty();
        assertThat(enough.aborts()).hasSize(1);
        assertThat(enough.aborts().get(0).rule()).contains("strict");
    }

    @Test
    void aWaiverThatCameLaterEndsItsFindingAtTheNextCensus() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        story.heartbeat(1).census(10).heartbeat(60);
        story.restart(calm().waiving(ONE, second(1_000)).build()).census(70);
        assertThat(story.lastTurn().resolution()).contains(Resolution.EXPLAINED);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.SUSPECT);
    }

    @Test
    void aRestartGoesOnBehindTheLastJudgedChunk() {
        CensusStory story = story().heartbeat(1).begin().read(2).heartbeat(2).read(2);
        story.restart();
        assertThat(story.agenda().task().orElseThrow().after()).isNotEmpty();
        assertThat(story.agenda().task().orElseThrow().place().chunk()).isOne();
        while (story.agenda().running().isPresent()) {
            story.read(2).heartbeat(3);
        }
        assertThat(story.status().census().latest().orElseThrow().counts().rows())
                .isEqualTo(5);
        assertThat(story.effects().stream().map(Effect::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void aCensusThatBeginsAgainCountsEveryRowOnce() {
        CensusStory story = story();
        story.database().old(1, "x", "y");
        story.heartbeat(1).begin().read(4).heartbeat(2).read(1);
        story.database().rewrite();
        story.census(3);
        assertThat(story.status().census().latest().orElseThrow().counts().rows())
                .isEqualTo(6);
        assertThat(story.status().census().latest().orElseThrow().found().mismatched())
                .isOne();
        assertThat(story.heartbeat(40).status().findings().confirmed()).isOne();
    }

    @Test
    void aCensusIsDueAtFirstAndOnCommandAndNotWhilePaused() {
        CensusStory story = story().heartbeat(1);
        assertThat(story.agenda().due()).containsExactly(PromotionFixture.CASES);
        story.census(2);
        assertThat(story.agenda().due()).isEmpty();
        assertThat(story.agenda().finished()).containsEntry(PromotionFixture.CASES, second(2));
        story.order(Command.Kind.SCAN).order(Command.Kind.SCAN).restart();
        assertThat(story.agenda().due()).containsExactly(PromotionFixture.CASES);

        story.begin().order(Command.Kind.PAUSE);
        assertThat(story.agenda().task()).isEmpty();
        assertThat(story.agenda().due()).isEmpty();
        story.restart();
        assertThat(story.agenda().paused()).isTrue();
        story.order(Command.Kind.RESUME).read(100).heartbeat(5);
        assertThat(story.agenda().running()).isEmpty();
    }

    @Test
    void anotherPhaseKnowsNothingOfTheCensusBefore() {
        CensusStory story = story().heartbeat(1).census(2);
        story.restart(calm().phase(Phase.A).build());
        assertThat(story.status().census().latest()).isEmpty();
        assertThat(story.agenda().due()).containsExactly(PromotionFixture.CASES);
    }
}
