package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two spans must agree: the long one that it matters, the short one that it still goes on. */
class BurnTest {
    private static final double MAXIMUM = 0.001;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final Duration DAY = Duration.ofHours(24);

    private static WindowRate rate(Duration over, long confirmed, long settled) {
        return new WindowRate(confirmed, settled, 0, over);
    }

    private static Burn of(WindowRate... rates) {
        return Burn.of(List.of(rates), MAXIMUM);
    }

    @Test
    void muchInTheHourThatStillGoesOnIsWorthAPage() {
        assertThat(of(rate(HOUR, 15, 1_000), rate(FIVE_MINUTES, 15, 1_000))).isEqualTo(Burn.FAST);
    }

    @Test
    void aBurstThatIsOverIsNotWorthAPage() {
        assertThat(of(rate(HOUR, 15, 1_000), rate(FIVE_MINUTES, 0, 1_000))).isEqualTo(Burn.NONE);
    }

    @Test
    void aFreshBurstThatIsLittleInTheHourIsNotWorthAPage() {
        assertThat(of(rate(HOUR, 15, 100_000), rate(FIVE_MINUTES, 15, 1_000))).isEqualTo(Burn.NONE);
    }

    @Test
    void aBitMoreThanToleratedForADayIsWorthATicket() {
        assertThat(of(rate(DAY, 11, 10_000), rate(SIX_HOURS, 3, 2_500))).isEqualTo(Burn.SLOW);
    }

    @Test
    void aDayWhoseLastSixHoursAreGoodIsWorthNothing() {
        assertThat(of(rate(DAY, 11, 10_000), rate(SIX_HOURS, 2, 2_500))).isEqualTo(Burn.NONE);
    }

    @Test
    void thePageGoesBeforeTheTicket() {
        assertThat(of(
                        rate(DAY, 20, 1_000),
                        rate(SIX_HOURS, 20, 1_000),
                        rate(HOUR, 20, 1_000),
                        rate(FIVE_MINUTES, 20, 1_000)))
                .isEqualTo(Burn.FAST);
    }

    @Test
    void aRateEqualToTheLimitIsNoBurn() {
        assertThat(of(rate(DAY, 10, 10_000), rate(SIX_HOURS, 10, 10_000))).isEqualTo(Burn.NONE);
        assertThat(of(rate(HOUR, 144, 10_000), rate(FIVE_MINUTES, 144, 10_000))).isEqualTo(Burn.NONE);
    }

    @Test
    void aLoneRowIsNoBurnHoweverFewSettled() {
        assertThat(of(rate(HOUR, 1, 1), rate(FIVE_MINUTES, 1, 1), rate(DAY, 1, 1), rate(SIX_HOURS, 1, 1)))
                .isEqualTo(Burn.NONE);
    }

    @Test
    void nothingSettledIsNoBurn() {
        assertThat(of(rate(HOUR, 0, 0), rate(FIVE_MINUTES, 0, 0), rate(DAY, 0, 0), rate(SIX_HOURS, 0, 0)))
                .isEqualTo(Burn.NONE);
        assertThat(of()).isEqualTo(Burn.NONE);
    }
}
