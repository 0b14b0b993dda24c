package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test is right however often one looks, and quick when much is broken. */
class SequentialTestTest {
    private static final double P0 = RateSimulation.P0;
    private static final double ALPHA = RateSimulation.ALPHA;

    @ParameterizedTest
    @CsvSource({"0.5, 10", "0.5, 300", "0.5, 10000", "1.0, 300"})
    void underTheHypothesisFewerWindowsThanAlphaEverAbort(double share, long rowsInHour) {
        Random random = new Random(42);
        int runs = rowsInHour > 1_000 ? 200 : 1_500;
        int aborted = 0;
        for (int run = 0; run < runs; run++) {
            aborted += RateSimulation.window(random, share * P0, rowsInHour).sequential() ? 1 : 0;
        }
        System.out.printf(
                "rate %.4f %%, %d rows an hour: %d of %d windows of 30 days aborted%n",
                share * P0 * 100, rowsInHour, aborted, runs);
        assertThat((double) aborted / runs).isLessThan(ALPHA);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0, 1000", "0.01, 100000000, 1000", "0.05, 100000000, 100", "0.5, 0, 10", "0.5, 100000000, 10"})
    void aBrokenWriterIsCaughtSoonHoweverManyGoodRowsLieBefore(double rate, long goodRowsBefore, long atMost) {
        Random random = new Random(7);
        long[] rows = new long[801];
        Arrays.setAll(rows, run -> RateSimulation.caughtAfter(random, rate, goodRowsBefore));
        Arrays.sort(rows);
        System.out.printf(
                "rate %.0f %%, %d good rows before: median %d rows%n",
                rate * 100, goodRowsBefore, rows[rows.length / 2]);
        assertThat(rows[rows.length - 1]).as("every run is caught").isLessThan(Long.MAX_VALUE);
        assertThat(rows[rows.length / 2]).isLessThanOrEqualTo(atMost);
    }

    @Test
    void nothingSeenIsNoEvidence() {
        assertThat(SequentialTest.evidence(0, 0, P0)).isEqualTo(1);
    }

    @Test
    void theEvidenceIsFairUnderTheHypothesis() {
        for (double p0 : new double[] {0.001, 0.3, 0.5, 0.9}) {
            double next = p0 * SequentialTest.evidence(3, 21, p0) + (1 - p0) * SequentialTest.evidence(2, 21, p0);
            assertThat(next)
                    .isCloseTo(
                            SequentialTest.evidence(2, 20, p0), org.assertj.core.data.Percentage.withPercentage(1e-6));
        }
    }

    @Test
    void aHighMaximumCanBeCrossedToo() {
        assertThat(SequentialTest.evidence(100, 100, 0.6)).isGreaterThan(1 / ALPHA);
    }

    @Test
    void hugeSamplesOverflowNothing() {
        assertThat(SequentialTest.evidence(1_000_000, 1_000_000, P0)).isFinite().isGreaterThan(1e100);
        assertThat(SequentialTest.evidence(0, Long.MAX_VALUE / 2, P0)).isBetween(0.0, 1e-10);
    }
}
