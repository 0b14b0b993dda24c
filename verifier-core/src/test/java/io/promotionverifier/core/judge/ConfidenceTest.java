package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A small sample proves little. */
class ConfidenceTest {
    @Test
    void zeroMismatchesProveOnePerMilleFromTwoThousandNineHundredAndNinetyFiveRowsOn() {
        assertThat(Confidence.upperBound(0, 2_994)).isGreaterThan(0.001);
        assertThat(Confidence.upperBound(0, 2_995)).isLessThan(0.001);
    }

    @Test
    void noSampleProvesNothing() {
        assertThat(Confidence.upperBound(0, 0)).isEqualTo(1);
    }

    @Test
    void theBoundLiesAboveTheObservedRateAndFallsWithTheSample() {
        for (long x = 1; x < 50; x++) {
            assertThat(Confidence.upperBound(x, 10_000)).isGreaterThan(x / 10_000.0);
            assertThat(Confidence.upperBound(x, 20_000)).isLessThan(Confidence.upperBound(x, 10_000));
            assertThat(Confidence.upperBound(x + 1, 10_000)).isGreaterThan(Confidence.upperBound(x, 10_000));
        }
    }

    @Test
    void theBoundIsARate() {
        assertThat(Confidence.upperBound(10, 10)).isLessThanOrEqualTo(1);
        assertThat(Confidence.upperBound(11, 10)).isLessThanOrEqualTo(1);
        assertThat(Confidence.upperBound(1, Long.MAX_VALUE)).isBetween(0.0, 1e-6);
    }
}
