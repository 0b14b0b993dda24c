package io.promotionverifier.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is broken down adds up, is bounded, and is the same after a restart. */
class BreakdownLawsTest {
    private static final Instant NINE = Instant.parse("2025-01-20T09:00:00Z");

    private Breakdown breakdown = new Breakdown();

    private static Author author(String writer, long second) {
        return Author.of(Operation.UPDATE, Optional.of(writer), NINE.plusSeconds(second));
    }

    private static Slice slice(Breakdown of, Dimension dimension, String name) {
        return of.slices().along(dimension).stream()
                .filter(slice -> slice.place().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Slice rest(Breakdown of, Dimension dimension) {
        return of.slices().along(dimension).stream()
                .filter(slice -> slice.place().kind() == Slice.Kind.REST)
                .findFirst()
                .orElseThrow();
    }

    private static Map<Share, Long> sum(Attribution attribution, Dimension dimension) {
        Map<Share, Long> sum = new EnumMap<>(Share.class);
        attribution.along(dimension).forEach(slice -> slice.shares().forEach((s, n) -> sum.merge(s, n, Long::sum)));
        return sum;
    }

    @Test
    void everySumIsTheWholeAndNothingIsNegativeWhateverHappensInAnyOrder() {
        for (int i = 0; i < 20; i++) {
            everySumIsTheWhole(i);
        }
    }

    private void everySumIsTheWhole(long seed) {
        Random random = new Random(seed);
        breakdown = new Breakdown();
        Map<Share, Long> whole = new EnumMap<>(Share.class);
        List<Author> open = new ArrayList<>();
        Map<Slice.Place, Slice> kept = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            Author author = random.nextInt(20) == 0
                    ? Author.UNSEEN
                    : author("app@" + random.nextInt(100), random.nextInt(400_000));
            if (random.nextInt(3) == 0) {
                breakdown.came(author, Share.CONFIRMED, NINE.plusSeconds(i));
                whole.merge(Share.CONFIRMED, 1L, Long::sum);
                open.add(author);
            } else if (random.nextInt(3) == 0 && !open.isEmpty()) {
                breakdown.left(open.remove(random.nextInt(open.size())), Share.CONFIRMED);
                whole.merge(Share.CONFIRMED, -1L, Long::sum);
            } else if (author.operation().isPresent()) {
                breakdown.count(author, Share.MATCHED);
                whole.merge(Share.MATCHED, 1L, Long::sum);
            }
            if (random.nextInt(50) == 0) {
                restart(kept);
            }
        }
        for (Dimension dimension : Dimension.values()) {
            for (Attribution told :
                    List.of(breakdown.slices(), breakdown.slices().brief())) {
                assertThat(sum(told, dimension)).as("seed %d", seed).containsAllEntriesOf(whole);
                assertThat(told.along(dimension))
                        .allSatisfy(slice -> assertThat(slice.shares().values())
                                .as("seed %d, %s", seed, slice.place())
                                .allMatch(count -> count >= 0));
            }
            assertThat(breakdown.slices().along(dimension)).hasSizeLessThanOrEqualTo(dimension.named() + 3);
            assertThat(breakdown.slices().brief().along(dimension)).hasSizeLessThanOrEqualTo(dimension.told() + 1);
        }
    }

    private void restart(Map<Slice.Place, Slice> kept) {
        breakdown.drainChanged().forEach((place, slice) -> {
            kept.remove(place);
            slice.ifPresent(known -> kept.put(place, known));
        });
        Attribution before = breakdown.slices();
        breakdown = new Breakdown();
        kept.values().forEach(breakdown::restore);
        assertThat(breakdown.slices()).isEqualTo(before);
        assertThat(breakdown.drainChanged()).isEmpty();
    }

    @Test
    void theOneThatRestedLongestGoesUnlessItsFindingsAreOpen() {
        breakdown.came(author("first", 0), Share.SUSPECTED, NINE);
        for (int i = 1; i < Dimension.WRITER.named(); i++) {
            breakdown.count(author("app@" + i, 0), Share.MATCHED);
        }
        breakdown.count(author("app@1", 0), Share.MATCHED);
        breakdown.count(author("new", 0), Share.MATCHED);

        assertThat(breakdown.slices().along(Dimension.WRITER))
                .hasSize(Dimension.WRITER.named() + 1)
                .extracting(slice -> slice.place().name())
                .contains("first", "app@1", "new")
                .doesNotContain("app@2");
        assertThat(rest(breakdown, Dimension.WRITER).changes()).isOne();
        assertThat(breakdown.drainChanged())
                .containsEntry(Slice.Place.named(Dimension.WRITER, "app@2"), Optional.empty());
    }

    @Test
    void sinceIsTheEarliestOfTheOpenOnesAndBeginsAnewWhenThereAreNone() {
        breakdown.came(author("a", 0), Share.CONFIRMED, NINE.plusSeconds(9));
        breakdown.came(author("a", 0), Share.CONFIRMED, NINE.plusSeconds(5));
        breakdown.came(author("a", 0), Share.CONFIRMED, NINE.plusSeconds(7));
        assertThat(slice(breakdown, Dimension.WRITER, "a").since()).contains(NINE.plusSeconds(5));

        for (int i = 0; i < 3; i++) {
            breakdown.left(author("a", 0), Share.CONFIRMED);
        }
        assertThat(slice(breakdown, Dimension.WRITER, "a").since()).isEmpty();
        breakdown.came(author("a", 0), Share.CONFIRMED, NINE.plusSeconds(8));
        assertThat(slice(breakdown, Dimension.WRITER, "a").since()).contains(NINE.plusSeconds(8));
    }

    @Test
    void nobodySaysSinceWhenForRowsThatNobodySawWritten() {
        breakdown.came(author("a", 0), Share.CONFIRMED, NINE);
        breakdown.came(Author.UNSEEN, Share.CONFIRMED, NINE);
        breakdown.came(Author.UNSEEN, Share.CONFIRMED, NINE);
        Attribution.Split split = breakdown.slices().sharpest().orElseThrow();

        assertThat(split.place()).isEmpty();
        assertThat(split.of()).isEqualTo(3);
        assertThat(split.since()).isEmpty();
    }

    @Test
    void whatIsMissingBelongsToTheRestAndLeavesItWhenItEnds() {
        breakdown.count(author("a", 0), Share.MATCHED);
        breakdown.begin(Map.of(Share.MATCHED, 10L), Map.of(Share.CONFIRMED, 2L));
        assertThat(rest(breakdown, Dimension.WRITER).of(Share.MATCHED)).isEqualTo(9);
        assertThat(rest(breakdown, Dimension.HOUR).isVague()).isTrue();

        breakdown.left(Author.UNSEEN, Share.CONFIRMED);
        breakdown.left(author("a", 0), Share.CONFIRMED);
        assertThat(rest(breakdown, Dimension.WRITER).of(Share.CONFIRMED)).isZero();
        assertThat(rest(breakdown, Dimension.HOUR).isVague()).isFalse();
        assertThat(slice(breakdown, Dimension.WRITER, "a").of(Share.CONFIRMED)).isZero();
    }

    @Test
    void aShareThatIsAsLargeAsItsWritesIsNoSplitAndOneThatIsLargerIs() {
        for (int i = 0; i < 100; i++) {
            breakdown.count(author(i < 50 ? "a" : "b", 0), Share.MATCHED);
        }
        breakdown.came(author("a", 0), Share.CONFIRMED, NINE);
        breakdown.came(author("b", 0), Share.CONFIRMED, NINE);
        assertThat(breakdown.slices().sharpest().orElseThrow().place()).isEmpty();

        for (int i = 0; i < 20; i++) {
            breakdown.came(author("b", 0), Share.CONFIRMED, NINE.minusSeconds(1));
        }
        Attribution.Split split = breakdown.slices().sharpest().orElseThrow();
        assertThat(split.place().orElseThrow().name()).isEqualTo("b");
        assertThat(split.findings()).isEqualTo(21);
        assertThat(split.of()).isEqualTo(22);
        assertThat(split.since()).contains(NINE.minusSeconds(1));
    }

    @Test
    void withoutAnOpenConfirmedFindingThereIsNothingToSplit() {
        breakdown.count(author("a", 0), Share.MISMATCHED);
        breakdown.came(author("a", 0), Share.SUSPECTED, NINE);
        assertThat(breakdown.slices().sharpest()).isEmpty();
    }

    @Test
    void anHourIsThatOfTheCommitInUtcAlsoBefore1970() {
        assertThat(author("a", 3_599).place(Dimension.HOUR).name()).isEqualTo("2025-01-20T09:00:00Z");
        assertThat(author("a", 3_600).place(Dimension.HOUR).name()).isEqualTo("2025-01-20T10:00:00Z");
        assertThat(Author.of(Operation.INSERT, Optional.empty(), Instant.ofEpochSecond(-1))
                        .place(Dimension.HOUR)
                        .name())
                .isEqualTo("1969-12-31T23:00:00Z");
    }
}
