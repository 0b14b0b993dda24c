package io.promotionverifier.benchmarks.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void aQuickClimbAndTheBuildBeforeItTakeNoMoreThanThreeMinutes() {
        Duration build = Duration.ofSeconds(40);

        assertThat(Ladder.quickLimit(build).plus(build)).isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void aQuickClimbHasTimeForTheRatiosHoweverLongTheBuildTook() {
        assertThat(Ladder.quickLimit(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(90));
    }
}
