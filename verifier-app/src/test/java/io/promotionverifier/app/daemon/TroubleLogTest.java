package io.promotionverifier.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An outage of a night does not fill the log. */
class TroubleLogTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2025-01-20T12:00:00Z"));
    private final TroubleLog log = new TroubleLog(clock);

    @Test
    void aTroubleIsToldWhenItBeginsWhenItChangesAndOnceAMinute() {
        assertThat(log.tells("away")).isTrue();
        int told = 0;
        for (int retry = 0; retry < 240; retry++) {
            clock.pass(Duration.ofSeconds(15));
            told += log.tells("away") ? 1 : 0;
        }
        assertThat(told).as("in an hour").isEqualTo(60);
        assertThat(log.tells("refused")).isTrue();
        assertThat(log.tells("refused")).isFalse();
    }

    @Test
    void whatIsOverAndComesAgainIsTold() {
        assertThat(log.over()).isFalse();
        assertThat(log.tells("away")).isTrue();
        assertThat(log.lasts()).isTrue();
        assertThat(log.over()).isTrue();
        assertThat(log.lasts()).isFalse();
        assertThat(log.tells("away")).isTrue();
    }
}
