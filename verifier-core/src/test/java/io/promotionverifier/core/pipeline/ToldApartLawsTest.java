package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.Readings.TOAST;
import static io.promotionverifier.core.fixture.Readings.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.settle.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Backfill writes and re-read rows: judged as all others, and told apart. */
class ToldApartLawsTest {
    private final Story story =
            new Story(promotion("PROMO-001").graceSeconds(10).build());

    @Test
    void aBackfillHasOutcomesButIsNoLiveWrite() {
        story.tx(1).at(1).insert(1, "a", "a").commit();
        story.tx(2)
                .at(2)
                .backfilling()
                .update(2, "a", "a")
                .update(3, "a", "b")
                .delete(4)
                .commit();
        story.settle().heartbeat(20);

        assertThat(story.counts().changes()).isEqualTo(4);
        assertThat(story.counts().matched()).isEqualTo(2);
        assertThat(story.counts().mismatches()).isEqualTo(1);
        assertThat(story.counts().apart()).isEqualTo(new Counts.Apart(3, 0));
        assertThat(story.status().findings().confirmed()).isEqualTo(1);
        assertThat(story.status().rate().settledRows()).isEqualTo(1);
        assertThat(story.status().rate().confirmedRows()).isZero();
    }

    @Test
    void whoWroteARowLastDecidesWhetherItsMismatchIsLive() {
        story.tx(1).at(1).update(1, "a", "b").commit();
        story.tx(2).at(1).backfilling().update(2, "a", "b").commit();
        story.tx(3).at(2).backfilling().update(1, "a", "b").commit();
        story.settle().heartbeat(20);
        assertThat(story.status().findings().confirmed()).isEqualTo(2);
        assertThat(story.status().rate().confirmedRows()).isZero();

        story.tx(4).at(21).backfilling().update(1, "a", "c").commit();
        story.settle();
        assertThat(story.status().rate().confirmedRows()).isZero();

        story.tx(5).at(22).update(1, "a", "c").commit();
        story.settle();
        assertThat(story.status().rate().confirmedRows()).isEqualTo(1);
    }

    @Test
    void aBackfilledMismatchThatTheApplicationWritesAgainIsLive() {
        story.tx(1).at(1).backfilling().update(1, "a", "b").commit();
        story.tx(2).at(2).update(1, "a", "b").commit();
        story.settle().heartbeat(20);
        assertThat(story.status().rate().confirmedRows()).isEqualTo(1);
    }

    @Test
    void aRestartInsideABackfillCountsEachOfItsRowsOnce() {
        story.tx(1)
                .backfilling()
                .update(1, "a", "a")
                .update(2, "a", "b")
                .update(3, "a", "a")
                .commit();
        story.follow();
        assertThat(story.counts().apart().backfill()).isEqualTo(2);
        story.restart();
        assertThat(story.counts().apart().backfill()).isEqualTo(2);
        story.restart().settle();
        assertThat(story.counts().apart()).isEqualTo(new Counts.Apart(3, 0));
        assertThat(story.counts().changes()).isEqualTo(3);
        assertThat(story.restart().counts()).isEqualTo(story.counts());
    }

    @Test
    void aMismatchInAReReadDocumentIsFoundAndTheRowToldApart() {
        story.tx(1)
                .at(1)
                .row(Operation.UPDATE, 1, List.of(reading("new", TOAST).completedBy(reading("seen", "old"))))
                .commit();
        story.tx(2).at(2).update(2, "a", TOAST).commit();
        story.settle();

        assertThat(story.turns()).singleElement().extracting(Finding::key).hasToString("{\"id\": 1}");
        assertThat(story.counts().apart()).isEqualTo(new Counts.Apart(0, 1));
        assertThat(story.counts().unverifiable()).containsEntry(UnverifiableReason.TOAST, 1L);
        assertThat(story.effects())
                .filteredOn(Effect.ChangeRecorded.class::isInstance)
                .flatExtracting(
                        effect -> ((Effect.ChangeRecorded) effect).sides().values())
                .extracting("reread")
                .containsExactly(Reread.DOCUMENT, Reread.NONE);
        assertThat(story.restart().counts().apart()).isEqualTo(new Counts.Apart(0, 1));
    }
}
