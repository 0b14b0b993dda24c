package io.promotionverifier.postgres.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowDifferenceTest {
    private final RowDifference difference = new RowDifference(3, true);

    /** A minus stands for NULL. */
    private static List<Optional<String>> row(String... values) {
        return Arrays.stream(values)
                .map(value -> Optional.of(value).filter(text -> !text.equals("-")))
                .toList();
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        difference.left(row("low", "1"));
        difference.left(row("high", "2"));
        difference.right(row("high", "2"));
        difference.right(row("low", "1"));

        assertThat(difference.divergentRows()).isZero();
        assertThat(difference.rows()).isEqualTo(2);
        assertThat(difference.examples(5)).isEmpty();
    }

    @Test
    void aRowCountsAsOftenAsItStandsAlone() {
        difference.left(row("low"));
        difference.left(row("low"));
        difference.left(row("low"));
        difference.right(row("low"));
        difference.right(row("high"));

        assertThat(difference.divergentRows()).isEqualTo(3);
        assertThat(difference.examples(5)).containsExactlyInAnyOrder("column only: low", "document only: high");
    }

    @Test
    void nullIsNoEmptyTextAndNoTextOfFourLetters() {
        difference.left(row("-"));
        difference.right(row(""));
        difference.right(row("NULL"));

        assertThat(difference.divergentRows()).isEqualTo(3);
    }

    @Test
    void valuesDoNotRunIntoEachOther() {
        difference.left(row("ab", "c"));
        difference.right(row("a", "bc"));

        assertThat(difference.divergentRows()).isEqualTo(2);
    }

    @Test
    void moreDistinctRowsThanMemoryMayHoldHaveAnOutcomeOfTheirOwn() {
        difference.left(row("1"));
        difference.left(row("2"));
        difference.left(row("3"));

        assertThatExceptionOfType(ReportTooLargeException.class)
                .isThrownBy(() -> difference.left(row("4")))
                .withMessageContaining("3 distinct rows");
    }

    @Test
    void rowsWithCounterpartTakeNoRoom() {
        for (int i = 0; i < 100; i++) {
            difference.left(row("same", String.valueOf(i)));
            difference.right(row("same", String.valueOf(i)));
        }

        assertThat(difference.divergentRows()).isZero();
    }
}
