package io.promotionverifier.benchmarks.lap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theClockStartsAtTheFirstRowsAndTheSecondHalfAtTheMiddle() {
        Progress progress = new Progress(1_000);
        progress.seen(0, 0);
        progress.seen(100, 5 * SECOND);
        progress.seen(500, 7 * SECOND);
        progress.seen(1_000, 8 * SECOND);

        assertThat(progress.pace()).isEqualTo(new Pace(1_000, 300, OptionalDouble.of(500)));
    }

    @Test
    void theClockOfWhoIsReadyStartsAtOnce() {
        Progress progress = new Progress(1_000);
        progress.begin(3 * SECOND);
        progress.seen(1_000, 5 * SECOND);

        assertThat(progress.pace()).isEqualTo(new Pace(1_000, 500, OptionalDouble.empty()));
    }

    @Test
    void whatWasSeenInOneGlanceHasNoSecondHalf() {
        Progress progress = new Progress(10);
        progress.seen(10, SECOND);

        assertThat(progress.pace().secondHalf()).isEmpty();
    }

    @Test
    void aLapThatIsNotOverHasNoPace() {
        Progress progress = new Progress(10);
        progress.seen(9, SECOND);

        assertThatThrownBy(progress::pace).hasMessageContaining("9 of 10");
    }

    @Test
    void aPaceReadsItselfBack() {
        Pace timed = new Pace(10, 1.5, OptionalDouble.of(2.5));
        Pace whole = new Pace(10, 1.5, OptionalDouble.empty());

        assertThat(Pace.parse(timed.line())).isEqualTo(timed);
        assertThat(Pace.parse(whole.line())).isEqualTo(whole);
    }
}
