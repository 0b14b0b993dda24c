package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.Readings.NONE;
import static io.promotionverifier.core.fixture.Readings.TOAST;
import static io.promotionverifier.core.fixture.Readings.key;
import static io.promotionverifier.core.settle.FindingState.CONFIRMED;
import static io.promotionverifier.core.settle.FindingState.CONVERGED;
import static io.promotionverifier.core.settle.FindingState.RESOLVED;
import static io.promotionverifier.core.settle.FindingState.SUSPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.core.settle.Resolution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A finding opens at a COMMIT, settles by stream time and ends once. */
class FindingLawsTest {
    private final Story story = new Story(promotion("PROMO-001").build());

    @Test
    void aSplitWriteInsideGraceConvergesWithTheTimeBetweenItsCommits() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(10.25).update(7, "high", "high").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED, CONVERGED);
        assertThat(story.lastTurn().latency()).contains(Duration.ofMillis(250));
        assertThat(story.lastTurn().resolution()).contains(Resolution.AGREED);
        assertThat(story.status().latency().percentile(0.99)).contains(Duration.ofMillis(250));
        assertThat(story.counts().mismatches()).isEqualTo(1);
        assertThat(story.counts().matched()).isEqualTo(1);
    }

    @Test
    void aSplitWriteBeyondGraceIsConfirmedAndThenResolvedAsAgreed() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(40.001).update(7, "high", "high").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED, CONFIRMED, RESOLVED);
        assertThat(story.turns()).extracting(Finding::revision).containsExactly(0, 1, 2);
        assertThat(story.lastTurn().resolution()).contains(Resolution.AGREED);
        assertThat(story.lastTurn().latency()).isEmpty();
        assertThat(story.status().latency().samples()).isZero();
    }

    @Test
    void streamTimeEqualToTheEndOfGraceConfirmsNothing() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.heartbeat(40);
        assertThat(story.lastTurn().state()).isEqualTo(SUSPECTED);

        story.heartbeat(40.001);
        assertThat(story.lastTurn().state()).isEqualTo(CONFIRMED);
    }

    @Test
    void aWriteThatCommitsExactlyAtTheEndOfGraceConverges() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(40).update(7, "high", "high").commit();
        story.settle();

        assertThat(story.lastTurn().state()).isEqualTo(CONVERGED);
    }

    @Test
    void aHeartbeatConfirmsOnAnIdleTable() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.heartbeat(60);

        assertThat(story.lastTurn().state()).isEqualTo(CONFIRMED);
        assertThat(story.lastTurn().settled().orElseThrow().time()).isEqualTo(ScriptedSource.second(60));
    }

    @Test
    void aStalledStreamConfirmsNothing() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.settle().tell(new Input.Silence("no data for 30 s")).settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED);
    }

    @Test
    void aCommitTimeThatGoesBackMovesNeitherStreamTimeNorAFinding() {
        story.tx(1).at(100).update(1, "a", "a").commit();
        story.tx(2).at(20).update(7, "high", "low").commit();
        story.tx(3).at(60).update(8, "a", "a").commit();
        story.settle();

        assertThat(story.status().streamTime()).contains(ScriptedSource.second(100));
        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED);
    }

    @Test
    void aHealingCommitWithAnEarlierTimeHasALatencyOfZero() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(9).update(7, "high", "high").commit();
        story.settle();

        assertThat(story.lastTurn().latency()).contains(Duration.ZERO);
    }

    @Test
    void aRowDeletedWhileSuspectedResolvesAsDeletedWithoutALatency() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(11).delete(7).commit();
        story.settle();

        assertThat(story.lastTurn().state()).isEqualTo(RESOLVED);
        assertThat(story.lastTurn().resolution()).contains(Resolution.DELETED);
        assertThat(story.lastTurn().latency()).isEmpty();
        assertThat(story.status().latency().samples()).isZero();
    }

    @Test
    void deleteAndInsertOfOneKeyInOneTransactionKeepTheEpisode() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(11).delete(7).insert(7, "high", "other").commit();
        story.settle();

        assertThat(story.turns())
                .extracting(Finding::id)
                .containsOnly(story.lastTurn().id());
        assertThat(story.lastTurn().state()).isEqualTo(SUSPECTED);
        assertThat(story.lastTurn().opened().time()).isEqualTo(ScriptedSource.second(10));
    }

    @Test
    void deleteAndInsertInTwoTransactionsOpenANewEpisode() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(11).delete(7).commit();
        story.tx(3).at(12).insert(7, "high", "low").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED, RESOLVED, SUSPECTED);
        assertThat(story.turns()).extracting(Finding::episode).containsExactly(1, 1, 2);
        assertThat(story.turns().get(2).id()).isNotEqualTo(story.turns().get(0).id());
    }

    @Test
    void aRowThatBreaksAgainOpensTheNextEpisode() {
        for (int round = 0; round < 3; round++) {
            story.tx(2 * round + 1).at(100 * round).update(7, "high", "low").commit();
            story.tx(2 * round + 2).at(100 * round + 1).update(7, "low", "low").commit();
        }
        story.settle();

        assertThat(story.turns()).extracting(Finding::episode).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(0, 0, 3, 0));
    }

    @Test
    void truncateClosesEveryFindingAndIsOneChange() {
        story.tx(1).at(10).update(1, "a", "b").update(2, "a", "b").commit();
        story.tx(2).at(45).update(3, "a", "b").commit();
        story.tx(3).at(46).truncate().commit();
        story.settle();

        List<Finding> ended =
                story.turns().subList(story.turns().size() - 3, story.turns().size());
        assertThat(ended).extracting(Finding::state).containsOnly(RESOLVED);
        assertThat(ended)
                .extracting(finding -> finding.resolution().orElseThrow())
                .containsOnly(Resolution.TRUNCATED);
        assertThat(story.counts().changes()).isEqualTo(4);
        assertThat(story.counts().skipped()).containsEntry(Operation.TRUNCATE, 1L);
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(0, 0, 0, 3));
    }

    @Test
    void anUnverifiableVersionLeavesTheFindingAsItIs() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(11).update(7, "high", TOAST).commit();
        story.settle();
        assertThat(story.turns()).hasSize(1);

        story.tx(3).at(12).update(7, "low", "low").commit();
        story.settle();
        assertThat(story.lastTurn().latency()).contains(Duration.ofSeconds(2));
        assertThat(story.counts().unverifiable()).containsEntry(UnverifiableReason.TOAST, 1L);
    }

    @Test
    void anExplainedVersionClosesTheFinding() {
        Story only =
                new Story(promotion("PROMO-001").promotingOnly("low", "high").build());
        only.tx(1).at(10).update(7, "high", "low").commit();
        only.tx(2).at(11).update(7, NONE, "odd").commit();
        only.settle();

        assertThat(only.lastTurn().state()).isEqualTo(RESOLVED);
        assertThat(only.lastTurn().resolution()).contains(Resolution.EXPLAINED);
        assertThat(only.status().latency().samples()).isZero();
    }

    @Test
    void anExpiredWaiverExplainsNoMore() {
        Story waived = new Story(promotion("PROMO-001")
                .waiving(Readings.key(7), ScriptedSource.second(20))
                .build());
        waived.tx(1).at(10).update(7, "high", "low").commit();
        waived.settle();
        assertThat(waived.turns()).isEmpty();

        waived.tx(2).at(20).update(7, "high", "low").commit();
        waived.settle();
        assertThat(waived.lastTurn().state()).isEqualTo(SUSPECTED);
    }

    @Test
    void aNewerVersionWithOtherSidesIsToldAgainUnderTheSameId() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(11).update(7, "high", NONE).commit();
        story.tx(3).at(12).update(7, "high", NONE).commit();
        story.heartbeat(50);
        story.tx(4).at(51).update(7, NONE, "low").commit();
        story.settle();

        assertThat(story.turns())
                .extracting(Finding::state)
                .containsExactly(SUSPECTED, SUSPECTED, CONFIRMED, CONFIRMED);
        assertThat(story.turns())
                .extracting(Finding::kind)
                .containsExactly(
                        MismatchKind.VALUE_DIFFERS,
                        MismatchKind.DOCUMENT_MISSING,
                        MismatchKind.DOCUMENT_MISSING,
                        MismatchKind.COLUMN_MISSING);
        assertThat(story.turns()).extracting(Finding::revision).containsExactly(0, 1, 2, 3);
        assertThat(story.turns())
                .extracting(Finding::id)
                .containsOnly(story.lastTurn().id());
        assertThat(story.effects()).extracting(Effect::eventId).doesNotHaveDuplicates();
    }

    @Test
    void aVersionOverwrittenInItsTransactionIsSupersededAndNoFinding() {
        story.tx(1).at(10).update(7, "high", "low").update(7, "high", "high").commit();
        story.settle();

        assertThat(story.turns()).isEmpty();
        assertThat(story.counts().superseded()).isEqualTo(1);
        assertThat(story.counts().mismatches()).isZero();
        assertThat(story.counts().changes()).isEqualTo(2);
    }

    @Test
    void aVersionDeletedInItsTransactionIsSuperseded() {
        story.tx(1).at(10).insert(7, "high", "low").delete(7).commit();
        story.settle();

        assertThat(story.turns()).isEmpty();
        assertThat(story.counts().superseded()).isEqualTo(1);
        assertThat(story.counts().skips()).isEqualTo(1);
    }

    @Test
    void aVersionTruncatedInItsTransactionIsSuperseded() {
        story.tx(1).at(10).insert(7, "high", "low").truncate().commit();
        story.settle();

        assertThat(story.turns()).isEmpty();
        assertThat(story.counts().superseded()).isEqualTo(1);
        assertThat(story.counts().operations()).containsEntry(Operation.INSERT, 1L);
    }

    @Test
    void onlyTheLastVersionOfARowOpensItsFinding() {
        story.tx(1)
                .at(10)
                .update(7, "a", "b")
                .update(7, "a", "c")
                .update(7, "a", NONE)
                .commit();
        story.settle();

        assertThat(story.turns()).hasSize(1);
        assertThat(story.lastTurn().kind()).isEqualTo(MismatchKind.DOCUMENT_MISSING);
        assertThat(story.lastTurn().key()).isEqualTo(key(7));
        assertThat(story.counts().superseded()).isEqualTo(2);
        assertThat(story.counts().mismatches()).isEqualTo(1);
    }

    @Test
    void findingsThatFallDueTogetherAreConfirmedInOneOrder() {
        story.tx(1)
                .at(10)
                .update(3, "a", "b")
                .update(1, "a", "b")
                .update(2, "a", "b")
                .commit();
        story.heartbeat(60);

        assertThat(story.turns().subList(3, 6)).extracting(Finding::id).isSorted();
    }

    @Test
    void aRowDeletedBeforeItsTableIsTruncatedWasDeleted() {
        story.tx(1).at(10).update(1, "a", "b").update(2, "a", "b").commit();
        story.tx(2).at(11).delete(1).truncate().commit();
        story.settle();

        assertThat(story.turns())
                .filteredOn(finding -> finding.resolution().isPresent())
                .extracting(
                        finding -> finding.key() + " " + finding.resolution().orElseThrow())
                .containsExactlyInAnyOrder("{\"id\": 1} DELETED", "{\"id\": 2} TRUNCATED");
    }

    @Test
    void aFindingIsOpenWhileItsRowDisagrees() {
        assertThat(FindingState.values()).filteredOn(FindingState::isOpen).containsExactly(SUSPECTED, CONFIRMED);
    }
}
