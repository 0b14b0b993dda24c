package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.settle.FindingState.CONFIRMED;
import static io.promotionverifier.core.settle.FindingState.CONVERGED;
import static io.promotionverifier.core.settle.FindingState.RESOLVED;
import static io.promotionverifier.core.settle.FindingState.SUSPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingTotals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Grace and stream time under every rhythm of writing: hot, flapping, idle, stalled, in a backlog. */
class RhythmLawsTest {
    private static final TableName USERS = new TableName("public", "nexus_users");

    /** The fixture's grace. */
    private static final int GRACE_SECONDS = 30;

    private final Story story = new Story(promotion("PROMO-001").build());

    @Test
    void aHotRowWrittenFasterThanGraceIsConfirmedGraceAfterItsFirstBadCommit() {
        for (int i = 0; i <= 8; i++) {
            story.tx(i + 1).at(10 + 5 * i).update(7, "high", "low").commit();
        }
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED, CONFIRMED);
        assertThat(story.lastTurn().opened().time()).isEqualTo(ScriptedSource.second(10));
        assertThat(story.lastTurn().settled().orElseThrow().time())
                .isEqualTo(ScriptedSource.second(10 + GRACE_SECONDS + 5));
    }

    @Test
    void aHotRowThatIsBadInAnotherWayEachTimeKeepsTheGraceOfItsFirstCommit() {
        for (int i = 0; i <= 8; i++) {
            story.tx(i + 1).at(10 + 5 * i).update(7, "v" + i, "v" + (i - 1)).commit();
        }
        story.settle();

        assertThat(story.turns()).filteredOn(turn -> turn.state() == CONFIRMED).isNotEmpty();
        assertThat(story.turns()).extracting(Finding::episode).containsOnly(1);
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(0, 1, 0, 0));
    }

    @Test
    void aHotRowWhoseEverySplitHealsInTimeIsNeverConfirmed() {
        for (int i = 0; i < 50; i++) {
            story.tx(2 * i + 1).at(i).update(7, "v" + i, "v" + (i - 1)).commit();
            story.tx(2 * i + 2).at(i + 0.5).update(7, "v" + i, "v" + i).commit();
        }
        story.heartbeat(200);

        assertThat(story.status().findings()).isEqualTo(new FindingTotals(0, 0, 50, 0));
        assertThat(story.status().latency().percentile(0.99)).contains(Duration.ofMillis(500));
        assertThat(story.status().rate().confirmedRows()).isZero();
        assertThat(story.status().rate().settledRows()).isEqualTo(1);
    }

    @Test
    void aRowThatFlapsBeyondGraceIsConfirmedInEveryEpisodeAndIsStillOneRow() {
        for (int i = 0; i < 3; i++) {
            story.tx(2 * i + 1).at(100 * i).update(7, "high", "low").commit();
            story.heartbeat(100 * i + 40);
            story.tx(2 * i + 2).at(100 * i + 50).update(7, "low", "low").commit();
        }
        story.settle();

        assertThat(story.turns()).extracting(Finding::episode).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3);
        assertThat(story.turns().subList(6, 9))
                .extracting(Finding::state)
                .containsExactly(SUSPECTED, CONFIRMED, RESOLVED);
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(0, 0, 0, 3));
        assertThat(story.status().rate().confirmedRows()).isEqualTo(1);
        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void aWriteOfAnotherTableMovesTheTimeOfAnIdleOne() {
        Story two = new Story(
                promotion("PROMO-001").build(),
                promotion("PROMO-003").table(USERS).build());
        two.tx(1).at(10).update(7, "high", "low").commit();
        two.tx(2).at(60).on(USERS).update(1, "a", "a").commit();
        two.settle();

        assertThat(two.lastTurn().promotion().value()).isEqualTo("PROMO-001");
        assertThat(two.lastTurn().state()).isEqualTo(CONFIRMED);
    }

    @Test
    void anIdleTableIsConfirmedByTheFirstHeartbeatBeyondGraceAndByNoneBefore() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        for (int second = 15; second <= 40; second += 5) {
            story.heartbeat(second);
            assertThat(story.lastTurn().state()).as("at %d s", second).isEqualTo(SUSPECTED);
        }
        story.heartbeat(45);
        assertThat(story.lastTurn().state()).isEqualTo(CONFIRMED);
    }

    @Test
    void aStalledStreamIsBlindAndConfirmsNothingUntilTimeComesThroughTheLog() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.settle().tell(new Input.Silence("no data for 30 s"));
        story.restart().tell(new Input.Silence("no data for 30 s"));

        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED);
        assertThat(story.status().streamTime()).contains(ScriptedSource.second(10));
    }

    @Test
    void aBacklogConfirmsNothingThatHealedInsideGraceHoweverLateItIsRead() {
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.settle().tell(new Input.Silence("no data for 30 s"));
        story.tx(2).at(10.5).update(7, "low", "low").commit();
        story.tx(3).at(20).update(8, "high", "low").commit();
        story.tx(4).at(22).update(8, "low", "low").commit();
        story.heartbeat(7_200);

        assertThat(story.turns())
                .extracting(Finding::state)
                .containsExactly(SUSPECTED, CONVERGED, SUSPECTED, CONVERGED);
        assertThat(story.turns().get(1).latency()).contains(Duration.ofMillis(500));
        assertThat(story.turns().get(3).latency()).contains(Duration.ofSeconds(2));
    }

    @Test
    void aBacklogConfirmsWhatStayedBadWhenItsOwnTimeHasPassedGrace() {
        story.heartbeat(9).tell(new Input.Silence("no data for 30 s"));
        story.tx(1).at(10).update(7, "high", "low").commit();
        story.tx(2).at(39).update(8, "a", "a").commit();
        story.settle();
        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED);

        story.tx(3).at(41).update(9, "a", "a").commit();
        story.settle();
        assertThat(story.lastTurn().state()).isEqualTo(CONFIRMED);
        assertThat(story.lastTurn().settled().orElseThrow().time()).isEqualTo(ScriptedSource.second(41));
    }

    @Test
    void aBacklogReadInPiecesDecidesAsOneReadAtOnce() {
        Story atOnce = new Story(promotion("PROMO-001").build());
        backlog(atOnce, false);
        backlog(story, true);

        assertThat(story.turns()).isEqualTo(atOnce.turns());
        assertThat(story.status().latency()).isEqualTo(atOnce.status().latency());
    }

    private static void backlog(Story reader, boolean inPieces) {
        for (int i = 0; i < 20; i++) {
            reader.tx(2 * i + 1).at(4 * i).update(i % 3, "v" + i, "w" + i).commit();
            if (inPieces) {
                reader.settle().tell(new Input.Silence("the reader was away"));
            }
            reader.tx(2 * i + 2)
                    .at(4 * i + (i % 2 == 0 ? 1 : 35))
                    .update(i % 3, "v", "v")
                    .commit();
        }
        reader.heartbeat(500);
    }

    @Test
    void burnWarnsBeforeTheEvidenceIsEnoughForAnAbort() {
        for (int i = 0; i < 2; i++) {
            var rows = story.tx(i + 1).at(100 * i);
            for (int row = 0; row < 200; row++) {
                rows.update(1_000 * i + row, row == 0 ? "b" : "a", "a");
            }
            rows.commit();
            story.heartbeat(100 * i + GRACE_SECONDS + 1);
        }

        assertThat(story.aborts()).isEmpty();
        assertThat(story.status().verdict()).isEqualTo(Verdict.WARN);
        assertThat(story.status().reason()).contains("over the last day and the last 6 hours more than 0.1 %");
    }
}
