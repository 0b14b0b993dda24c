package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report that differs is news only when it still does after grace. */
class ReportTriggerTest {
    private static final Instant NOON = Instant.parse("2025-01-16T12:00:00Z");

    private final ReportTrigger trigger = new ReportTrigger(Duration.ofSeconds(30), Map.of());

    private static ReportReading reading(long divergent, long second) {
        return new ReportReading("by-priority", divergent, 10, 1, NOON.plusSeconds(second), false, true);
    }

    @Test
    void aDivergenceThatLastsForGraceCrosses() {
        assertThat(trigger.read(reading(2, 0))).isEmpty();
        assertThat(trigger.isToBeReadAgain("by-priority")).isTrue();
        assertThat(trigger.read(reading(3, 29))).isEmpty();

        Crossing crossing = trigger.read(reading(2, 30)).orElseThrow();
        assertThat(crossing.evidence()).isEqualTo(new Abort.Evidence(2, 1, 10, 2, Duration.ofSeconds(30)));
    }

    @Test
    void aDivergenceThatHealedBeginsAnew() {
        trigger.read(reading(2, 0));
        trigger.read(reading(1, 20));
        assertThat(trigger.isToBeReadAgain("by-priority")).isFalse();
        assertThat(trigger.read(reading(2, 40))).isEmpty();
        assertThat(trigger.read(reading(2, 70))).isPresent();
    }

    @Test
    void aRestartKeepsSinceWhen() {
        trigger.read(reading(2, 0));
        ReportTrigger again = new ReportTrigger(Duration.ofSeconds(30), trigger.standings());
        assertThat(again.read(reading(2, 31))).isPresent();
    }

    @Test
    void afterAClearOnlyLaterEvidenceCounts() {
        trigger.read(reading(2, 0));
        trigger.clear();
        assertThat(trigger.read(reading(2, 31))).isEmpty();
        assertThat(trigger.read(reading(2, 61))).isPresent();
    }
}
