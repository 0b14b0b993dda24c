package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is shown beside a rate. */
class WindowRateTest {
    private static WindowRate rate(long confirmed, long settled, long unverifiable) {
        return new WindowRate(confirmed, settled, unverifiable, Duration.ofHours(1));
    }

    @Test
    void theWorstCaseCountsEveryRowThatCouldNotBeVerifiedAsBad() {
        assertThat(rate(2, 90, 10).value()).hasValue(2.0 / 90);
        assertThat(rate(2, 90, 10).worst()).hasValue(0.12);
        assertThat(rate(0, 0, 3).worst()).hasValue(1);
    }

    @Test
    void nothingSettledIsNoRateAndNoBound() {
        assertThat(rate(0, 0, 0).value()).isEmpty();
        assertThat(rate(0, 0, 0).worst()).isEmpty();
        assertThat(rate(0, 0, 0).upperBound()).isEmpty();
    }

    @Test
    void everyRateHasABoundAboveIt() {
        assertThat(rate(0, 2_995, 0).upperBound().orElseThrow()).isCloseTo(0.001, within(1e-6));
        assertThat(rate(5, 100, 0).upperBound().orElseThrow()).isGreaterThan(0.05);
    }
}
