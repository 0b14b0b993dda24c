package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Dimension;
import io.promotionverifier.core.ledger.Share;
import io.promotionverifier.core.ledger.Slice;
import io.promotionverifier.core.settle.Finding;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Who wrote what disagrees. That the slices add up to the counters is asked after every commit of the random histories:
 * see {@code CheckpointLaws}.
 */
class AttributionLawsTest {
    private static final double HOUR = 3_600;
    private static final double NINE = 9 * HOUR;

    private final Story story = new Story(
            promotion("PROMO-001").graceSeconds(10).strict(0.5, 1_000_000).build());
    private long transactions;

    private void good(int count, double second, String writer) {
        for (int i = 0; i < count; i++) {
            story.tx(++transactions)
                    .at(second)
                    .by(writer)
                    .update(1_000 + transactions, "a", "a")
                    .commit();
        }
    }

    private void bad(int count, double second, String writer) {
        for (int i = 0; i < count; i++) {
            story.tx(++transactions)
                    .at(second)
                    .by(writer)
                    .update(100_000 + transactions, "a", "b")
                    .commit();
        }
    }

    private static Slice slice(Attribution attribution, Dimension dimension, String name) {
        return attribution.along(dimension).stream()
                .filter(slice -> slice.place().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSummaryLeadsWithTheSharpestSplit() {
        good(400, NINE + 60, "worker-1");
        good(400, NINE + 60, "worker-2");
        good(40, NINE + 60, "worker-7");
        bad(2, NINE + 60, "worker-1");
        bad(39, NINE + 120, "worker-7");
        story.settle().heartbeat(NINE + 200);
        assertThat(story.status().crowd())
                .contains("39 of 41 rows that disagree are from worker-7, all since 09:02 UTC");

        Slice worker = slice(story.status().attribution(), Dimension.WRITER, "worker-7");
        assertThat(worker.changes()).isEqualTo(79);
        assertThat(worker.of(Share.MISMATCHED)).isEqualTo(39);
        assertThat(worker.of(Share.CONFIRMED)).isEqualTo(39);
        assertThat(story.turns())
                .filteredOn(turn -> turn.author().writer().isEmpty())
                .isEmpty();
    }

    @Test
    void whereEverybodyIsAsBadNobodyIsNamed() {
        good(100, NINE + 60, "worker-1");
        good(100, NINE + 60, "worker-2");
        bad(10, NINE + 61, "worker-1");
        bad(10, NINE + 61, "worker-2");
        story.settle().heartbeat(NINE + 200);
        assertThat(story.status().crowd()).contains("20 rows disagree, all since 09:01 UTC");
        assertThat(story.status().attribution().along(Dimension.WRITER)).hasSize(2);
    }

    @Test
    void anHourIsNamedWhereNothingElseDivides() {
        for (int hour = 0; hour < 30; hour++) {
            good(20, hour * HOUR, "worker-1");
        }
        bad(1, 30 * HOUR, "worker-1");
        bad(20, 33 * HOUR, "worker-1");
        story.settle().heartbeat(34 * HOUR);
        assertThat(story.status().crowd())
                .contains("20 of 21 rows that disagree are from the hour between 09:00 UTC and 10:00 UTC");
    }

    @Test
    void aMismatchBelongsToWhoMadeItAndNotToWhoTouchedTheRowLater() {
        good(100, 60, "healer");
        story.tx(++transactions).at(61).by("breaker").update(7, "a", "b").commit();
        story.tx(++transactions).at(62).by("healer").update(7, "a", "c").commit();
        story.settle().heartbeat(100);
        assertThat(story.status().crowd().orElseThrow()).startsWith("1 of 1 rows that disagree are from breaker");

        story.tx(++transactions).at(110).by("healer").update(7, "a", "a").commit();
        story.settle();
        assertThat(story.status().crowd()).isEmpty();
        Attribution attribution = story.status().attribution();
        assertThat(slice(attribution, Dimension.WRITER, "breaker").of(Share.CONFIRMED))
                .isZero();
        assertThat(slice(attribution, Dimension.WRITER, "breaker").of(Share.RESOLVED))
                .isOne();
        assertThat(slice(attribution, Dimension.WRITER, "healer").of(Share.RESOLVED))
                .isZero();
    }

    @Test
    void anUpdateIsNamedWhereOnlyUpdatesAreBad() {
        for (int i = 0; i < 300; i++) {
            story.tx(++transactions)
                    .at(NINE + 60)
                    .insert(transactions, "a", "a")
                    .commit();
        }
        for (int i = 0; i < 10; i++) {
            story.tx(++transactions)
                    .at(NINE + 60)
                    .update(transactions, "a", "b")
                    .commit();
        }
        story.settle().heartbeat(NINE + 200);
        assertThat(story.status().crowd())
                .contains("10 of 10 rows that disagree are from an UPDATE, all since 09:01 UTC");
        assertThat(story.status().attribution().along(Dimension.WRITER))
                .singleElement()
                .satisfies(slice -> assertThat(slice.place().kind()).isEqualTo(Slice.Kind.UNNAMED));
    }

    @Test
    void moreWritersThanAreKeptAreCountedTogetherAndThoseWithOpenFindingsAreKept() {
        bad(1, 60, "culprit");
        for (int writer = 0; writer < 500; writer++) {
            good(2, 60, "worker-" + writer);
        }
        story.settle().heartbeat(200);
        PromotionStatus status = story.status();
        assertThat(status.crowd().orElseThrow()).contains("from culprit");
        assertThat(status.attribution().along(Dimension.WRITER))
                .hasSizeLessThan(6)
                .last()
                .satisfies(rest -> assertThat(rest.place().kind()).isEqualTo(Slice.Kind.REST));
        assertThat(status.attribution().along(Dimension.WRITER).stream()
                        .mapToLong(Slice::changes)
                        .sum())
                .isEqualTo(status.counts().changes());
        assertThat(story.checkpoint().changed())
                .filteredOn(StateEntry.Sliced.class::isInstance)
                .map(StateEntry.Sliced.class::cast)
                .filteredOn(entry -> entry.slice().isPresent())
                .hasSizeLessThan(45);
    }

    @Test
    void anAbortShowsWhoWroteWhatSpeaksForIt() {
        Story aborting = new Story(
                promotion("PROMO-001").graceSeconds(10).strict(0.1, 10).build());
        for (int i = 1; i <= 40; i++) {
            aborting.tx(i)
                    .at(NINE + 60)
                    .by("worker-" + i % 4)
                    .update(i, "a", i % 4 == 3 ? "b" : "a")
                    .commit();
        }
        aborting.settle().heartbeat(NINE + 100);
        assertThat(aborting.aborts()).singleElement().satisfies(abort -> {
            assertThat(abort.trigger()).isEqualTo(AbortTrigger.MISMATCH_RATE);
            assertThat(abort.reason()).contains("; 10 of 10 rows that disagree are from worker-3, all since 09:01 UTC");
            assertThat(slice(abort.attribution(), Dimension.WRITER, "worker-3").of(Share.CONFIRMED))
                    .isEqualTo(10);
            assertThat(abort.findings()).extracting(Finding::author).isNotEmpty();
        });
    }

    @Test
    void aRestartAtAnyMomentChangesNothing() {
        Random random = new Random(7);
        Story straight = new Story(promotion("PROMO-001").graceSeconds(10).build());
        Story restarted = new Story(promotion("PROMO-001").graceSeconds(10).build());
        for (int i = 1; i <= 600; i++) {
            String writer = "app@" + random.nextInt(60);
            long row = random.nextInt(80);
            String document = random.nextInt(4) == 0 ? "b" : "a";
            for (Story each : new Story[] {straight, restarted}) {
                each.tx(i).at(i * 300.0).by(writer).update(row, "a", document).commit();
                each.follow();
            }
            if (random.nextInt(5) == 0) {
                restarted.restart();
            }
        }
        straight.settle();
        restarted.settle();
        assertThat(restarted.status().attribution()).isEqualTo(straight.status().attribution());
        assertThat(restarted.status().crowd()).isEqualTo(straight.status().crowd());
        assertThat(restarted.restart().status().attribution())
                .isEqualTo(straight.status().attribution());
    }

    @Test
    void whatWasCountedBeforeAnybodyBrokeItDownIsInTheRest() {
        good(10, 60, "worker-1");
        bad(1, 60, "worker-1");
        story.settle();
        Checkpoint checkpoint = story.checkpoint();
        VerifierCore heir = new VerifierCore(
                java.util.List.of(promotion("PROMO-001").graceSeconds(10).build()),
                id -> io.promotionverifier.core.compare.ValueSeal.PLAIN,
                checkpoint.state(),
                checkpoint.changed().stream()
                        .filter(entry -> !(entry instanceof StateEntry.Sliced))
                        .toList(),
                checkpoint.state().resume().watermark());
        assertThat(heir.statuses().get(0).attribution().along(Dimension.WRITER))
                .singleElement()
                .satisfies(rest -> {
                    assertThat(rest.place().kind()).isEqualTo(Slice.Kind.REST);
                    assertThat(rest.changes()).isEqualTo(11);
                    assertThat(rest.of(Share.SUSPECTED)).isOne();
                });
    }
}
