package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.Readings.TOAST;
import static io.promotionverifier.core.fixture.Readings.key;
import static io.promotionverifier.core.settle.FindingState.CONFIRMED;
import static io.promotionverifier.core.settle.FindingState.CONVERGED;
import static io.promotionverifier.core.settle.FindingState.RESOLVED;
import static io.promotionverifier.core.settle.FindingState.SUSPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.core.settle.Resolution;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A primary key change carries the row's finding along, whatever happens to the keys in between. */
class KeyChangeLawsTest {
    private final Story story = new Story(promotion("PROMO-001").build());

    private Map<String, Finding> latestById() {
        return story.turns().stream().collect(Collectors.toMap(Finding::id, f -> f, (older, newer) -> newer));
    }

    private Finding opened(int row) {
        return story.turns().stream()
                .filter(finding -> finding.revision() == 0 && finding.key().equals(key(row)))
                .findFirst()
                .orElseThrow();
    }

    private Finding latestOf(Finding opened) {
        return java.util.Objects.requireNonNull(latestById().get(opened.id()));
    }

    @Test
    void aKeyChangeIsOneChange() {
        story.tx(1).at(1).rekey(1, 2, "a", "a").commit();
        story.settle();

        assertThat(story.counts().changes()).isEqualTo(1);
        assertThat(story.turns()).isEmpty();
    }

    @Test
    void aSuspectedFindingMovesAndConvergesUnderItsNewKey() {
        story.tx(1).at(10).update(1, "a", "b").commit();
        story.tx(2).at(11).rekey(1, 2, "a", "b").commit();
        story.tx(3).at(12).update(2, "a", "a").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED, SUSPECTED, CONVERGED);
        assertThat(story.turns()).extracting(Finding::key).containsExactly(key(1), key(2), key(2));
        assertThat(story.turns())
                .extracting(Finding::id)
                .containsOnly(story.lastTurn().id());
    }

    @Test
    void aConfirmedFindingMovesAndResolvesUnderItsNewKey() {
        story.tx(1).at(10).update(1, "a", "b").commit();
        story.heartbeat(60);
        story.tx(2).at(61).rekey(1, 2, "a", "a").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED, CONFIRMED, RESOLVED);
        assertThat(story.turns()).extracting(Finding::revision).containsExactly(0, 1, 2);
        assertThat(story.lastTurn().key()).isEqualTo(key(2));
        assertThat(story.lastTurn().resolution()).contains(Resolution.AGREED);
    }

    @Test
    void aFindingMovesWithAVersionThatCannotBeVerified() {
        story.tx(1).at(10).update(1, "a", "b").commit();
        story.tx(2).at(11).rekey(1, 2, "a", TOAST).commit();
        story.heartbeat(60);

        assertThat(story.turns()).extracting(Finding::key).containsExactly(key(1), key(2), key(2));
        assertThat(story.turns()).extracting(Finding::revision).containsExactly(0, 1, 2);
        assertThat(story.lastTurn().state()).isEqualTo(CONFIRMED);
    }

    @Test
    void anOldKeyThatIsTheKeyIsNoMove() {
        story.tx(1).at(10).update(1, "a", "b").commit();
        story.tx(2).at(11).rekey(1, 1, "a", "b").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::state).containsExactly(SUSPECTED);
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(1, 0, 0, 0));
    }

    @Test
    void twoRowsThatSwapTheirKeysSwapTheirFindings() {
        story.tx(1).at(10).update(1, "a", "one").update(2, "a", "two").commit();
        story.tx(2)
                .at(11)
                .rekey(1, 99, "a", "one")
                .rekey(2, 1, "a", "two")
                .rekey(99, 2, "a", "one")
                .commit();
        story.settle();

        assertThat(latestOf(opened(1)).key()).isEqualTo(key(2));
        assertThat(latestOf(opened(2)).key()).isEqualTo(key(1));
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(2, 0, 0, 0));
        assertThat(story.counts().changes()).isEqualTo(5);
        assertThat(story.counts().superseded()).isEqualTo(1);
    }

    @Test
    void ofTwoRowsThatSwapOnlyTheOneWithAFindingCarriesIt() {
        story.tx(1).at(10).update(1, "a", "one").commit();
        story.tx(2)
                .at(11)
                .rekey(1, 99, "a", "one")
                .rekey(2, 1, "b", "b")
                .rekey(99, 2, "a", "one")
                .commit();
        story.settle();

        assertThat(story.lastTurn().key()).isEqualTo(key(2));
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(1, 0, 0, 0));
    }

    @Test
    void aRowThatMovesTwiceInOneTransactionIsOneRow() {
        story.tx(1).at(10).update(1, "a", "b").commit();
        story.tx(2).at(11).rekey(1, 2, "a", "b").rekey(2, 3, "a", "b").commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::key).containsExactly(key(1), key(3));
        assertThat(story.counts().superseded()).isEqualTo(1);
        assertThat(story.counts().mismatches()).isEqualTo(2);
    }

    @Test
    void everyRowOfAShiftOfKeysCarriesItsFinding() {
        story.tx(1).at(10).update(1, "a", "one").update(2, "a", "two").commit();
        story.tx(2).at(11).rekey(2, 3, "a", "two").rekey(1, 2, "a", "one").commit();
        story.settle();

        assertThat(latestOf(opened(1)).key()).isEqualTo(key(2));
        assertThat(latestOf(opened(2)).key()).isEqualTo(key(3));
    }

    @Test
    void aRowOnAKeyThatAnotherDeletedRowHadDoesNotInheritItsFinding() {
        story.tx(1).at(10).update(1, "a", "one").update(2, "a", "two").commit();
        story.tx(2).at(11).delete(2).rekey(1, 2, "a", "one").commit();
        story.settle();

        assertThat(latestOf(opened(2)).resolution()).contains(Resolution.DELETED);
        assertThat(latestOf(opened(1)).key()).isEqualTo(key(2));
        assertThat(latestOf(opened(1)).state()).isEqualTo(SUSPECTED);
        assertThat(story.status().findings()).isEqualTo(new FindingTotals(1, 0, 0, 1));
    }

    @Test
    void aRowInsertedOnAKeyThatAnotherRowLeftIsAnotherRow() {
        story.tx(1).at(10).update(1, "a", "one").commit();
        story.tx(2).at(11).rekey(1, 2, "a", "one").insert(1, "x", "y").commit();
        story.settle();

        assertThat(latestOf(opened(1)).key()).isEqualTo(key(2));
        assertThat(story.status().findings().suspected()).isEqualTo(2);
        assertThat(latestById()).hasSize(2);
    }

    @Test
    void aRowThatMovedAndWasDeletedEndsUnderTheKeyItHadLast() {
        story.tx(1).at(10).update(1, "a", "one").commit();
        story.tx(2).at(11).rekey(1, 2, "a", "one").delete(2).commit();
        story.settle();

        assertThat(story.lastTurn().resolution()).contains(Resolution.DELETED);
        assertThat(story.lastTurn().key()).isEqualTo(key(2));
        assertThat(story.turns()).extracting(Finding::revision).isEqualTo(List.of(0, 1));
    }

    @Test
    void aTruncateAfterAMoveEndsTheFindingOnce() {
        story.tx(1).at(10).update(1, "a", "one").update(3, "a", "three").commit();
        story.tx(2)
                .at(11)
                .rekey(1, 2, "a", "one")
                .truncate()
                .insert(1, "b", "b")
                .commit();
        story.settle();

        assertThat(story.status().findings()).isEqualTo(new FindingTotals(0, 0, 0, 2));
        assertThat(story.effects()).extracting(Effect::eventId).doesNotHaveDuplicates();
    }
}
