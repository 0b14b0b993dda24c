package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.CASES;
import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.Readings.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.Ledger;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.stream.ResumePoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counters, cuts, sight and blindness follow the stream and nothing else. */
class StreamLawsTest {
    private static final TableName USERS = new TableName("public", "nexus_users");

    private final Story story = new Story(promotion("PROMO-001").build());

    @Test
    void aMismatchCountsNowhereUntilItsTransactionEnds() {
        story.tx(1)
                .at(10)
                .update(1, "a", "b")
                .update(2, "a", "a")
                .update(3, "a", "a")
                .commit();
        story.follow();
        assertThat(story.counts().changes()).isEqualTo(1);

        story.checkpoint();
        story.settle();
        assertThat(story.counts().changes()).isEqualTo(3);
        assertThat(story.counts().mismatches()).isEqualTo(1);
    }

    @Test
    void promotionsOfOneTableCountEachForItself() {
        Story two = new Story(
                promotion("PROMO-001").build(),
                promotion("PROMO-002").from("metadata", "owner").to("owner").build());
        two.tx(1)
                .at(10)
                .row(Operation.UPDATE, 1, List.of(reading("a", "a"), reading("x", "y")))
                .delete(2)
                .commit();
        two.settle();

        assertThat(two.statuses())
                .extracting(status -> status.counts().changes())
                .containsExactly(2L, 2L);
        assertThat(two.statuses())
                .extracting(status -> status.counts().mismatches())
                .containsExactly(0L, 1L);
        assertThat(two.lastTurn().promotion().value()).isEqualTo("PROMO-002");
    }

    @Test
    void aTransactionOverTwoTablesSettlesBothAtItsEnd() {
        Story two = new Story(
                promotion("PROMO-001").build(),
                promotion("PROMO-003").table(USERS).build());
        two.tx(1)
                .at(10)
                .on(CASES)
                .update(1, "a", "b")
                .on(USERS)
                .update(1, "a", "b")
                .commit();
        two.follow();
        assertThat(two.turns()).isEmpty();

        two.settle();
        assertThat(two.turns()).hasSize(2);
        assertThat(two.statuses())
                .extracting(status -> status.counts().changes())
                .containsExactly(1L, 1L);
    }

    @Test
    void rowsOfATableWithoutPromotionAreRecordedAndCountNowhere() {
        story.tx(1).at(10).on(USERS).row(Operation.INSERT, 1, List.of()).commit();
        story.settle();

        assertThat(story.counts().changes()).isZero();
        assertThat(story.effects()).hasSize(1);
    }

    @Test
    void countersAreCutAtBoundariesOfStreamTimeAndOnlyWhenTheyChanged() {
        story.tx(1).at(12).update(1, "a", "a").commit();
        story.tx(2).at(19.9).update(2, "a", "a").commit();
        story.heartbeat(20).heartbeat(30).heartbeat(55);
        story.tx(3).at(58).update(3, "a", "a").commit();
        story.heartbeat(71);

        assertThat(story.cuts())
                .extracting(Effect.CountersCut::time)
                .containsExactly(ScriptedSource.second(20), ScriptedSource.second(70));
        assertThat(story.cuts())
                .extracting(cut -> cut.status().counts().changes())
                .containsExactly(2L, 3L);
    }

    @Test
    void aCutIsNotMissedWhenGainsAndLossesHaveOneSum() {
        var seven = story.tx(1).at(1);
        for (int i = 0; i < 7; i++) {
            seven.update(i, "a", "b");
        }
        seven.commit();
        story.heartbeat(50);
        story.heartbeat(60);
        int before = story.cuts().size();
        story.tx(2).at(61).truncate().commit();
        story.tx(3).at(62).insert(1, "a", "a").insert(2, "a", "a").commit();
        story.heartbeat(70);

        assertThat(story.cuts()).hasSize(before + 1);
    }

    @Test
    void aTurnWithoutAChangeIsCutToo() {
        story.tx(1).at(1).update(1, "a", "b").commit();
        story.heartbeat(10).heartbeat(35).heartbeat(40);

        assertThat(story.cuts()).hasSize(2);
        assertThat(story.cuts().get(1).status().findings().confirmed()).isEqualTo(1);
    }

    @Test
    void silenceIsBlindUntilTheNextSignOfTheServer() {
        story.heartbeat(10).tell(new Input.Silence("no data for 30 s"));
        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(story.status().reason()).isEqualTo("no data for 30 s");

        story.heartbeat(50).heartbeat(60);
        assertThat(story.status().verdict()).isNotEqualTo(Verdict.BLIND);
        assertThat(story.status().window().blind()).isEqualTo(Duration.ofSeconds(40));
        assertThat(story.status().window().verified()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void silenceIsToldOnceUntilSightIsBack() {
        Input silence = new Input.Silence("no data for 30 s");
        story.tx(1)
                .at(10)
                .update(1, "a", "a")
                .update(2, "a", "a")
                .update(3, "a", "a")
                .commit();
        story.follow().tell(silence).tell(silence);
        assertThat(story.effects().stream().filter(Effect.InputRecorded.class::isInstance))
                .hasSize(1);

        story.settle().tell(silence);
        assertThat(story.effects().stream().filter(Effect.InputRecorded.class::isInstance))
                .hasSize(2);
        assertThat(story.effects()).extracting(Effect::eventId).doesNotHaveDuplicates();
    }

    @Test
    void whatIsShownAgainBringsNoSight() {
        story.tx(1).at(5).update(1, "a", "a").commit();
        story.heartbeat(10).tell(new Input.Silence("engine lost"));
        story.restart();
        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);

        story.heartbeat(50);
        assertThat(story.status().window().blind()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aHeartbeatShownAgainIsToldOnce() {
        story.heartbeat(10).heartbeat(20).restart().heartbeat(30);

        assertThat(story.effects())
                .extracting(Effect::eventId)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void aCoverageGapKeepsThePromotionBlind() {
        Input gap = new Input.GapFound(new CoverageGap(new Lsn(1), new Lsn(2), "slot recreated"));
        story.heartbeat(10).tell(gap).tell(gap).heartbeat(50).restart();

        assertThat(story.status().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(story.status().gaps()).hasSize(1);
        assertThat(story.status().window().verified()).isEqualTo(Duration.ZERO);
        assertThat(story.effects()).extracting(Effect::eventId).doesNotHaveDuplicates();
    }

    @Test
    void whatAnEarlierPromotionOfTheNameLeftBehindIsForgotten() {
        Promotion promotion = promotion("PROMO-001").build();
        story.tx(1).at(10).update(1, "a", "b").commit();
        story.settle();
        Ledger ledger = new Ledger();
        ledger.keep(story.checkpoint());
        assertThat(ledger.entries()).isNotEmpty();

        CoreState fresh = CoreState.initial(2, ResumePoint.startingAt(Lsn.ZERO), 0);
        VerifierCore core =
                new VerifierCore(List.of(promotion), id -> ValueSeal.PLAIN, fresh, ledger.entries(), Lsn.ZERO);
        assertThat(core.statuses().get(0).findings().suspected()).isZero();
        ledger.keep(core.checkpoint());
        assertThat(ledger.entries()).isEmpty();
    }
}
