package io.promotionverifier.postgres.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowDifferenceTest {
    private final RowDifference difference = new RowDifference(3, true);
    private final RowHash hash = new RowHash();

    private void left(List<Optional<String>> row) {
        difference.add(hash.of(row), row, RowSide.COLUMN);
    }

    private void right(List<Optional<String>> row) {
        difference.add(hash.of(row), row, RowSide.DOCUMENT);
    }

    /** A minus stands for NULL. */
    private static List<Optional<String>> row(String... values) {
        return Arrays.stream(values)
                .map(value -> Optional.of(value).filter(text -> !text.equals("-")))
                .toList();
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        left(row("low", "1"));
        left(row("high", "2"));
        right(row("high", "2"));
        right(row("low", "1"));

        assertThat(difference.divergentRows()).isZero();
        assertThat(difference.examples(5)).isEmpty();
    }

    @Test
    void aRowCountsAsOftenAsItStandsAlone() {
        left(row("low"));
        left(row("low"));
        left(row("low"));
        right(row("low"));
        right(row("high"));

        assertThat(difference.divergentRows()).isEqualTo(3);
        assertThat(difference.examples(5)).containsExactlyInAnyOrder("column only: low", "document only: high");
    }

    @Test
    void nullIsNoEmptyTextAndNoTextOfFourLetters() {
        left(row("-"));
        right(row(""));
        right(row("NULL"));

        assertThat(difference.divergentRows()).isEqualTo(3);
    }

    @Test
    void valuesDoNotRunIntoEachOther() {
        left(row("ab", "c"));
        right(row("a", "bc"));

        assertThat(difference.divergentRows()).isEqualTo(2);
    }

    @Test
    void whereMoreRowsStandAloneThanMemoryMayHoldNothingIsHeldOrKnown() {
        left(row("1"));
        left(row("2"));
        left(row("3"));
        assertThat(difference.isOverflown()).isFalse();

        left(row("4"));
        right(row("1"));

        assertThat(difference.isOverflown()).isTrue();
        assertThat(difference.examples(5)).isEmpty();
    }

    @Test
    void rowsWithCounterpartTakeNoRoom() {
        for (int i = 0; i < 100; i++) {
            left(row("same", String.valueOf(i)));
            right(row("same", String.valueOf(i)));
        }

        assertThat(difference.isOverflown()).isFalse();
        assertThat(difference.divergentRows()).isZero();
    }
}
