package io.promotionverifier.core.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.Readings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is forgotten does not depend on the order of remembering. */
class PastEpisodesTest {
    @Test
    void theRowsWithMostEpisodesAreKept() {
        PastEpisodes past = new PastEpisodes(2);
        past.remember(Readings.key(1), 3);
        past.remember(Readings.key(2), 1);

        assertThat(past.remember(Readings.key(3), 2)).contains(Readings.key(2));
        assertThat(past.of(Readings.key(1))).isEqualTo(3);
        assertThat(past.of(Readings.key(2))).isZero();
        assertThat(past.of(Readings.key(3))).isEqualTo(2);
    }

    @Test
    void aRowRememberedAgainTakesNoSecondPlace() {
        PastEpisodes past = new PastEpisodes(1);
        assertThat(past.remember(Readings.key(1), 1)).isEmpty();
        assertThat(past.remember(Readings.key(1), 2)).isEmpty();
        assertThat(past.of(Readings.key(1))).isEqualTo(2);
    }

    @Test
    void theSameRowsAreKeptInWhateverOrderTheyCome() {
        List<Integer> order =
                new ArrayList<>(java.util.stream.IntStream.range(0, 50).boxed().toList());
        List<Integer> kept = kept(order);
        Collections.shuffle(order, new Random(1));

        assertThat(kept(order)).isEqualTo(kept).hasSize(20);
    }

    private static List<Integer> kept(List<Integer> order) {
        PastEpisodes past = new PastEpisodes(20);
        order.forEach(row -> past.remember(Readings.key(row), 1 + row % 4));
        return java.util.stream.IntStream.range(0, 50)
                .boxed()
                .filter(row -> past.of(Readings.key(row)) > 0)
                .toList();
    }
}
