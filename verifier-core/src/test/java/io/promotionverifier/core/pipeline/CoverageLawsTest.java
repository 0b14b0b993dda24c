package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.CASES;
import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What cannot be proven to have been seen is a gap of those concerned, and of nobody else. */
class CoverageLawsTest {
    private static final TableName USERS = new TableName("public", "nexus_users");
    private static final PromotionId CASES_PRIORITY = new PromotionId("PROMO-001");
    private static final PromotionId USERS_PRIORITY = new PromotionId("PROMO-003");
    private static final Promotion FIRST = promotion("PROMO-001").build();
    private static final Promotion SECOND = promotion("PROMO-003").table(USERS).build();

    private final Story story = new Story(FIRST, SECOND);
    private long end = 1_000_000;

    private static Flaw flaw(String reason, boolean schema, PromotionId... promotions) {
        return new Flaw(reason, Set.of(promotions), schema);
    }

    private Story look(Flaw... flaws) {
        return story.tell(new Input.Inspected(new Inspection(new Lsn(end += 10), List.of(flaws), List.of())));
    }

    private List<Effect.CoverageChanged> changes() {
        return story.effects().stream()
                .filter(Effect.CoverageChanged.class::isInstance)
                .map(Effect.CoverageChanged.class::cast)
                .toList();
    }

    private PromotionStatus first() {
        return story.statuses().get(0);
    }

    private PromotionStatus second() {
        return story.statuses().get(1);
    }

    @Test
    void aFlawBlindsThosePromotionsThatItConcernsAndNoOther() {
        story.heartbeat(10);
        look(flaw("table public.nexus_cases is not published", false, CASES_PRIORITY));

        assertThat(first().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(first().reason()).contains("is not published");
        assertThat(first().gaps()).singleElement().matches(CoverageGap::isOpen);
        assertThat(second().verdict()).isNotEqualTo(Verdict.BLIND);
        assertThat(second().gaps()).isEmpty();
    }

    @Test
    void aGapBeginsWhereCoverageWasProvenLastAndEndsWhereItIsAgain() {
        story.heartbeat(10);
        look();
        Lsn proven = first().watermark();
        story.heartbeat(20);
        look(flaw("gone", false, CASES_PRIORITY));
        story.heartbeat(30);
        look(flaw("gone", false, CASES_PRIORITY));
        look();

        CoverageGap gap = first().gaps().get(0);
        assertThat(first().gaps()).hasSize(1);
        assertThat(gap.from()).isEqualTo(proven);
        assertThat(gap.to()).contains(new Lsn(end));
        assertThat(first().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(first().reason()).contains("until a census has ended clean");
    }

    @Test
    void whatIsFoundTwiceIsToldOnceAndEachChangeHasItsOwnId() {
        for (int i = 0; i < 3; i++) {
            look(flaw("gone", false, CASES_PRIORITY));
            look(flaw("gone", false, CASES_PRIORITY));
            look();
        }

        assertThat(changes()).hasSize(6).extracting(Effect::eventId).doesNotHaveDuplicates();
        assertThat(first().gaps()).hasSize(3);
    }

    @Test
    void whatWasChangedAndIsRightAgainIsAGapThatHasEnded() {
        look();
        story.tell(new Input.Inspected(
                new Inspection(new Lsn(end += 10), List.of(), List.of(flaw("altered", false, CASES_PRIORITY)))));

        assertThat(first().gaps()).singleElement().matches(gap -> !gap.isOpen());
        assertThat(first().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(second().gaps()).isEmpty();
    }

    @Test
    void rowsOfATableThatIsNotWhatItWasAreUnverifiableAndNeverMismatches() {
        story.heartbeat(10);
        look(flaw("column \"priority\" has another type", true, CASES_PRIORITY));
        story.tx(1)
                .at(11)
                .on(CASES)
                .update(1, "a", "b")
                .on(USERS)
                .update(1, "a", "b")
                .commit();
        story.settle();

        assertThat(first().counts().mismatches()).isZero();
        assertThat(first().counts().unverifiable()).containsEntry(UnverifiableReason.SCHEMA, 1L);
        assertThat(second().counts().mismatches()).isEqualTo(1);

        look();
        story.tx(2).at(12).on(CASES).update(2, "a", "b").commit();
        story.settle();
        assertThat(first().counts().mismatches()).isEqualTo(1);
    }

    @Test
    void blindTimeCountsForThePromotionConcernedOnly() {
        story.heartbeat(10);
        look(flaw("gone", false, CASES_PRIORITY));
        story.heartbeat(50);
        look();
        story.heartbeat(60);

        assertThat(first().window().blind()).isEqualTo(Duration.ofSeconds(50));
        assertThat(second().window().verified()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void anOpenGapOutlivesARestart() {
        story.heartbeat(10);
        look(flaw("gone", true, CASES_PRIORITY));
        story.restart(List.of(FIRST, SECOND));
        assertThat(first().verdict()).isEqualTo(Verdict.BLIND);

        look();
        assertThat(first().gaps()).singleElement().matches(gap -> !gap.isOpen());
    }

    @Test
    void aPromotionThatIsAddedLaterBlindsNobodyAndInheritsNoGap() {
        Story alone = new Story(FIRST);
        alone.heartbeat(10);
        alone.tell(new Input.Inspected(
                new Inspection(new Lsn(end), List.of(flaw("gone", false, CASES_PRIORITY)), List.of())));
        alone.restart(List.of(FIRST, SECOND)).heartbeat(20);

        assertThat(alone.statuses().get(1).gaps()).isEmpty();
        assertThat(alone.statuses().get(1).verdict()).isNotEqualTo(Verdict.BLIND);

        Story healthy = new Story(FIRST);
        healthy.heartbeat(10).restart(List.of(FIRST, SECOND)).heartbeat(20);
        assertThat(healthy.statuses()).extracting(PromotionStatus::verdict).doesNotContain(Verdict.BLIND);
    }

    @Test
    void aStreamThatBeginsBeyondWhatWasFoldedLeavesAGap() {
        story.tx(1).at(10).update(1, "a", "b").update(2, "a", "a").commit();
        story.follow();
        Lsn watermark = first().watermark();
        Lsn start = new Lsn(watermark.value() + 5_000_000);
        story.tell(new Input.StreamBegins(start, Optional.empty()));

        assertThat(first().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(watermark);
            assertThat(gap.to()).contains(start);
        });
        assertThat(first().watermark()).isEqualTo(start);
        assertThat(first().verdict()).isEqualTo(Verdict.BLIND);
        assertThat(story.checkpoint().state().resume().partial()).isEmpty();
    }

    @Test
    void whatATransactionTouchedIsAsBeforeWhenItsEndLiesInAGap() {
        story.tx(1)
                .at(10)
                .update(1, "a", "b")
                .update(2, "a", "b")
                .update(3, "a", "a")
                .commit();
        story.follow();
        story.tell(new Input.StreamBegins(new Lsn(9_000_000), Optional.empty()));
        story.settle();

        assertThat(story.turns()).isEmpty();
        assertThat(first().counts().mismatches()).isZero();
        assertThat(first().findings().suspected()).isZero();
    }

    @Test
    void aStreamThatBeginsWhereItMayLeavesNoGap() {
        story.heartbeat(10);
        story.tell(new Input.StreamBegins(first().watermark(), Optional.empty()));

        assertThat(first().gaps()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void anotherLogIsAGapEvenWhereItsPositionsAreLower() {
        story.heartbeat(10);
        story.tell(new Input.StreamBegins(new Lsn(1), Optional.of("another cluster")));

        assertThat(first().gaps()).hasSize(1);
        assertThat(first().watermark()).isEqualTo(new Lsn(1));
    }

    @Test
    void aCensusHealsTheGapsThatEndedBeforeItBeganAndNoOther() {
        Coverage coverage = new Coverage(
                List.of(
                        new CoverageGap(new Lsn(10), new Lsn(20), "slot recreated"),
                        new CoverageGap(new Lsn(40), Optional.empty(), "gone", Set.of(USERS_PRIORITY), false)),
                new Lsn(20));

        assertThat(coverage.blinding(CASES_PRIORITY, Optional.empty())).isPresent();
        assertThat(coverage.blinding(CASES_PRIORITY, Optional.of(new Lsn(19)))).isPresent();
        assertThat(coverage.blinding(CASES_PRIORITY, Optional.of(new Lsn(20)))).isEmpty();
        assertThat(coverage.blinding(USERS_PRIORITY, Optional.of(new Lsn(99)))).isPresent();
        assertThat(coverage.of(CASES_PRIORITY)).hasSize(1);
    }
}
