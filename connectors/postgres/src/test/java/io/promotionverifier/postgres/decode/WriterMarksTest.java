package io.promotionverifier.postgres.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transaction says of its writer, and for how long it holds. */
class WriterMarksTest {
    private final WriterMarks marks = new WriterMarks();

    @Test
    void aMarkHoldsForItsTransactionAndNoOther() {
        marks.told(7, WriterMarks.WRITER, "app@1.2");
        assertThat(marks.writer(7)).contains("app@1.2");
        assertThat(marks.origin(7, null)).isEqualTo(Origin.LIVE);
        assertThat(marks.writer(8)).isEmpty();
        assertThat(marks.writer(7)).isEmpty();
    }

    @Test
    void aBackfillIsNamedByItsMarkUnlessItNamesItself() {
        marks.told(7, WriterMarks.BACKFILL, "PROMO-001");
        assertThat(marks.origin(7, null)).isEqualTo(Origin.BACKFILL);
        assertThat(marks.writer(7)).contains("PROMO-001");
        marks.told(7, WriterMarks.WRITER, "app@1.2");
        assertThat(marks.writer(7)).contains("app@1.2");
        assertThat(marks.origin(7, null)).isEqualTo(Origin.BACKFILL);
        assertThat(marks.origin(8, null)).isEqualTo(Origin.LIVE);
    }

    @Test
    void theLastNameHolds() {
        marks.told(7, WriterMarks.WRITER, "first");
        marks.told(7, WriterMarks.WRITER, "second");
        assertThat(marks.writer(7)).contains("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verifier.backfill", "verifier.backfill.PROMO-001"})
    void aReplicationOriginOfThisNameIsABackfill(String origin) {
        assertThat(marks.origin(7, origin)).isEqualTo(Origin.BACKFILL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verifier.backfilling", "pg_16400", "verifier.writer", ""})
    void anotherReplicationOriginIsNone(String origin) {
        assertThat(marks.origin(7, origin)).isEqualTo(Origin.LIVE);
    }

    @Test
    void anotherPrefixSaysNothing() {
        marks.told(7, "verifier.slot", "x");
        assertThat(marks.writer(7)).isEmpty();
    }

    @Test
    void aNameIsShortAndPrintable() {
        marks.told(7, WriterMarks.WRITER, "\u0000 a\r\nb\u001b[31m\u202e\u2028 é🙂 \t");
        assertThat(marks.writer(7)).contains("ab[31m é🙂");
        marks.told(7, WriterMarks.WRITER, "🙂".repeat(500));
        assertThat(marks.writer(7)).contains("🙂".repeat(200));
        marks.told(7, WriterMarks.WRITER, "\n");
        assertThat(marks.writer(7)).isEmpty();
    }
}
