package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test is right however often one looks, and quick when much is broken. */
class SequentialTestTest {
    private static final double P0 = 0.001;
    private static final double ALPHA = 0.01;

    /** The row at which the evidence first reaches 1/alpha; -1 if it does not within so many rows. */
    private static long crossing(Random random, double rate, long rows) {
        long n = 0;
        for (long x = 1; ; x++) {
            n += 1 + (long) Math.floor(Math.log(1 - random.nextDouble()) / Math.log(1 - rate));
            if (n > rows) {
                return -1;
            }
            if (x >= 2 && SequentialTest.evidence(x, n, P0) >= 1 / ALPHA) {
                return n;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 200000, 1500", "1.0, 200000, 1500"})
    void underTheHypothesisFewerRunsThanAlphaEverCross(double share, long rows, int runs) {
        Random random = new Random(42);
        long crossed = 0;
        for (int run = 0; run < runs; run++) {
            crossed += crossing(random, share * P0, rows) > 0 ? 1 : 0;
        }
        System.out.printf("rate %.4f %%: %d of %d runs ever crossed%n", share * P0 * 100, crossed, runs);
        assertThat((double) crossed / runs).isLessThan(ALPHA);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 600", "0.05, 60", "0.5, 6"})
    void aBrokenWriterIsCaughtSoon(double rate, long atMost) {
        Random random = new Random(7);
        long[] rows = new long[801];
        Arrays.setAll(rows, run -> crossing(random, rate, 1_000_000));
        Arrays.sort(rows);
        System.out.printf("rate %.0f %%: median %d rows%n", rate * 100, rows[rows.length / 2]);
        assertThat(rows[0]).as("every run crosses").isPositive();
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
