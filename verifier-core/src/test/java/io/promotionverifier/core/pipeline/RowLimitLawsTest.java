package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import org.junit.jupiter.api.Test;

/** Beyond the cap on open findings rows are unverifiable and counted, over restarts too, and the verdict stands. */
class RowLimitLawsTest {
    private static final int LIMIT = 20;
    private static final int ROWS = 50;

    private final Story story = new Story(LIMIT, promotion("PROMO-001").build());

    private void breakRows(long transaction, double second, int from, int rows) {
        ScriptedSource.Transaction broken = story.tx(transaction).at(second);
        for (int id = from; id < from + rows; id++) {
            broken.update(id, "high", "low");
        }
        broken.commit();
    }

    private static void conserved(Counts counts, long changes) {
        assertThat(counts.changes()).isEqualTo(changes);
        assertThat(counts.matched()
                        + counts.mismatches()
                        + counts.superseded()
                        + counts.unverifiable().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .isEqualTo(changes);
    }

    @Test
    void rowsBeyondTheCapAreCountedAsUnverifiableAndAllOthersGoOn() {
        breakRows(1, 10, 1, ROWS);
        story.heartbeat(60);
        assertThat(story.status().findings().confirmed()).isEqualTo(LIMIT);
        assertThat(story.counts().unverifiable()).containsEntry(UnverifiableReason.LIMIT, (long) (ROWS - LIMIT));
        conserved(story.counts(), ROWS);

        story.restart();
        breakRows(2, 70, 100, 5);
        story.settle();
        assertThat(story.status().findings().confirmed()).isEqualTo(LIMIT);
        assertThat(story.counts().unverifiable()).containsEntry(UnverifiableReason.LIMIT, (long) (ROWS - LIMIT + 5));
        conserved(story.counts(), ROWS + 5);
    }

    @Test
    void anAbortStandsOverTheCapAndAFindingThatEndsMakesRoom() {
        story.raise(5);
        breakRows(1, 10, 1, ROWS);
        story.heartbeat(60);
        assertThat(story.status().verdict()).isEqualTo(Verdict.ABORT);

        story.tx(2).at(70).update(1, "low", "low").commit();
        story.tx(3).at(71).update(ROWS, "high", "low").commit();
        story.settle();
        assertThat(story.turns())
                .filteredOn(finding -> finding.state() == FindingState.SUSPECTED)
                .extracting(Finding::key)
                .hasSize(LIMIT + 1);
        assertThat(story.status().verdict()).isEqualTo(Verdict.ABORT);
        conserved(story.counts(), ROWS + 2);
    }
}
