package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.fixture.CensusStory;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.Room;
import java.util.List;
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

    /** A replay walks beside the story: it judges in the room of then. */
    @Test
    void allPromotionsShareOneRoomAndLongTextsTakeMoreOfIt() {
        Story small = new Story(
                new Room.Size(ROWS, 30_000),
                promotion("PROMO-001").build(),
                promotion("PROMO-002").build());
        write(small, 1, 10, "high");
        long remembered = open(small.heartbeat(60));
        assertThat(remembered).isBetween(20L, 2L * ROWS - 1);

        small.restart();
        write(small, 2, 70, "low");
        assertThat(open(small.heartbeat(75))).isZero();

        write(small, 3, 80, "high".repeat(100));
        assertThat(open(small.heartbeat(140))).isBetween(1L, remembered / 2);
    }

    /** Both promotions are on one table; the documents say low. */
    private static void write(Story story, long transaction, double second, String column) {
        ScriptedSource.Transaction written = story.tx(transaction).at(second);
        Reading reading = Readings.reading(column, "low");
        for (int id = 0; id < ROWS; id++) {
            written.row(Operation.UPDATE, id, List.of(reading, reading));
        }
        written.commit();
    }

    private static long open(Story story) {
        return story.statuses().stream()
                .mapToLong(status ->
                        status.findings().suspected() + status.findings().confirmed())
                .sum();
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

    @Test
    void rowsBeyondTheCapAreFlaggedUntilACensusHasToldOfThemAllOverRestartsToo() {
        CensusStory census = new CensusStory(
                LIMIT, promotion("PROMO-001").strict(0.9, 1_000_000).build());
        census.filled(5).heartbeat(1).census(2);
        for (int row = 1_000; row < 1_200; row++) {
            census.write(5, row, "a", "a");
        }
        assertThat(census.heartbeat(6).status().verdict()).isEqualTo(Verdict.OK);
        for (int row = 0; row < LIMIT + 3; row++) {
            census.write(10, row, "x", "y");
        }
        census.heartbeat(100);
        assertThat(census.status().census().unremembered()).isEqualTo(3);
        assertThat(census.status().reason()).contains("3 row versions beyond the limit", "census");
        assertThat(census.agenda().due()).as("while there is no room").isEmpty();

        census.restart();
        for (int row = 0; row < LIMIT; row++) {
            census.write(110, row, "y", "y");
        }
        census.heartbeat(200);
        assertThat(census.status().findings().confirmed()).isZero();
        assertThat(census.status().verdict()).as("unknown is not good").isEqualTo(Verdict.WARN);
        assertThat(census.agenda().due()).containsExactly(PromotionFixture.CASES);

        census.begin().restart().read(10).heartbeat(201);
        assertThat(census.agenda().due()).isEmpty();
        assertThat(census.status().census().unremembered())
                .as("not before its end")
                .isEqualTo(3);
        census.read(1_000).heartbeat(202).heartbeat(300);
        assertThat(census.status().census().unremembered()).isZero();
        assertThat(census.status().findings().confirmed()).isEqualTo(3);
        assertThat(census.status().verdict()).isEqualTo(Verdict.WARN);
        assertThat(census.status().reason()).doesNotContain("beyond the limit");
    }

    @Test
    void whatACensusItselfCannotRememberIsFlaggedAgain() {
        CensusStory census = new CensusStory(
                LIMIT, promotion("PROMO-001").strict(0.9, 1_000_000).build());
        for (int row = 0; row < LIMIT + 3; row++) {
            census.database().old(row, "x", "y");
        }
        census.heartbeat(1).census(2).heartbeat(100);
        assertThat(census.status().findings().confirmed()).isEqualTo(LIMIT);
        assertThat(census.status().census().unremembered()).isEqualTo(3);
        assertThat(census.agenda().due()).as("while there is no room").isEmpty();

        for (int row = 0; row < LIMIT; row++) {
            census.write(110, row, "y", "y");
        }
        assertThat(census.agenda().due()).containsExactly(PromotionFixture.CASES);
        census.census(120).heartbeat(200);
        assertThat(census.status().findings().confirmed()).isEqualTo(3);
        assertThat(census.status().census().unremembered()).isZero();
    }
}
