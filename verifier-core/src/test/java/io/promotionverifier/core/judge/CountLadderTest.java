package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums that are estimates on one side only. */
class CountLadderTest {
    private static final Instant START = Instant.parse("2025-01-16T00:59:58Z");

    @Test
    void aSumIsNeverLowerThanWhatWasCountedInItsSpan() {
        long seed = 20250116;
        Random random = new Random(seed);
        CountLadder ladder = new CountLadder();
        long[] bySecond = new long[20_000];
        Instant last = START;
        int at = 0;
        while (at < 19_000) {
            int until = at + 1 + random.nextInt(40);
            long sum = 0;
            for (int second = at; second < until; second++) {
                bySecond[second] = random.nextInt(3);
                sum += bySecond[second];
            }
            ladder.add(sum, START.plusSeconds(until));
            last = START.plusSeconds(until);
            at = until;
            Duration span = Duration.ofMinutes(1L + random.nextInt(300));
            long counted = 0;
            for (int second = Math.max(0, (int) (at - span.toSeconds())); second < at; second++) {
                counted += bySecond[second];
            }
            assertThat(ladder.count(span, last)).as("seed %d", seed).isGreaterThanOrEqualTo(counted);
        }
    }

    @Test
    void whatALateLookCountsMayBeOfEachHourBeforeIt() {
        CountLadder ladder = new CountLadder();
        ladder.add(7, START.plus(Duration.ofHours(5)));

        assertThat(ladder.countSinceHour(Rung.HOUR.slot(START))).isEqualTo(7);
        assertThat(ladder.count(Duration.ofHours(24), START)).isEqualTo(7);
    }

    @Test
    void everSumsEachCountOnce() {
        CountLadder ladder = new CountLadder();
        ladder.add(5, START.plusSeconds(3));
        ladder.add(7, START.plusSeconds(6));

        assertThat(ladder.countEver()).isEqualTo(12);
    }

    @Test
    void whatIsTakenBackFromACheckpointCountsAsBefore() {
        CountLadder ladder = new CountLadder();
        ladder.add(5, START.plusSeconds(90));
        CountLadder heir = new CountLadder();
        ladder.drainChanged().forEach((place, count) -> heir.restore(place, count.orElseThrow()));

        assertThat(heir.count(Duration.ofHours(1), START.plusSeconds(90)))
                .isEqualTo(ladder.count(Duration.ofHours(1), START.plusSeconds(90)));
        assertThat(heir.countEver()).isEqualTo(5);
        assertThat(ladder.drainChanged()).isEmpty();
    }

    @Test
    void whatIsClearedIsForgottenInTheCheckpointToo() {
        CountLadder ladder = new CountLadder();
        ladder.add(5, START);
        ladder.drainChanged();
        ladder.clear();

        assertThat(ladder.countEver()).isZero();
        assertThat(ladder.drainChanged().values()).isNotEmpty().allMatch(count -> count.isEmpty());
    }
}
