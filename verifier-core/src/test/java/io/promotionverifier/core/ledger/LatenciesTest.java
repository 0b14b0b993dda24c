package io.promotionverifier.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.Seeds;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Percentiles are close, a single sample and the longest are exact. */
class LatenciesTest {
    private static Latencies empty() {
        return new Latencies(Latencies.Snapshot.NONE);
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }

    @Test
    void percentilesAreWithinOneAndSixTenthsPercentOfTheExactOnes() {
        Seeds.each(50, seed -> {
            Random random = new Random(seed);
            Latencies latencies = empty();
            long[] samples = new long[1 + random.nextInt(3_000)];
            Arrays.setAll(samples, i -> (long) Math.exp(random.nextDouble() * 24));
            Arrays.stream(samples).forEach(sample -> latencies.add(micros(sample)));
            Arrays.sort(samples);
            for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
                long exact = samples[(int) Math.max(0, Math.ceil(share * samples.length) - 1)];
                long told = latencies.snapshot().percentile(share).orElseThrow().toNanos() / 1_000;
                assertThat(told).as("share %s", share).isBetween(exact, (long) Math.ceil(exact * 1.016));
            }
        });
    }

    @Test
    void aSingleSampleIsExact() {
        for (long micros : new long[] {0, 1, 127, 128, 999_999, 123_456_789, 86_400_000_000L}) {
            Latencies latencies = empty();
            latencies.add(micros(micros));
            assertThat(latencies.snapshot().percentile(0.5)).contains(micros(micros));
            assertThat(latencies.snapshot().maximum()).contains(micros(micros));
        }
    }

    @Test
    void withoutSamplesNothingIsSaid() {
        assertThat(empty().snapshot().percentile(0.99)).isEmpty();
        assertThat(empty().snapshot().maximum()).isEmpty();
    }

    @Test
    void everyDurationFallsIntoTheBucketThatEndsAtOrAboveIt() {
        for (long micros = 0; micros < 1L << 40; micros += 1 + micros / 97) {
            int bucket = Latencies.bucketOf(micros);
            assertThat(Latencies.upperBoundMicros(bucket)).isGreaterThanOrEqualTo(micros);
            assertThat(bucket == 0 ? -1 : Latencies.upperBoundMicros(bucket - 1))
                    .isLessThan(micros);
        }
    }

    @Test
    void aNegativeDurationCountsAsZero() {
        Latencies latencies = empty();
        latencies.add(Duration.ofSeconds(-3));
        assertThat(latencies.snapshot().percentile(1)).contains(Duration.ZERO);
    }

    @Test
    void histogramsAddedUpAreThatOfAllTheirSamples() {
        Latencies left = empty();
        Latencies right = empty();
        Latencies all = empty();
        for (long micros : new long[] {7, 7, 900, 86_400_000_000L}) {
            left.add(micros(micros));
            all.add(micros(micros));
        }
        for (long micros : new long[] {0, 7, 1_000_000}) {
            right.add(micros(micros));
            all.add(micros(micros));
        }
        right.addAll(left.snapshot());
        assertThat(right.snapshot()).isEqualTo(all.snapshot());
        assertThat(all.snapshot().sumMicros()).isEqualTo(86_401_000_921L);
    }

    @Test
    void samplesTakenBackFromAStateGoOnAsBefore() {
        Latencies latencies = empty();
        latencies.add(Duration.ofMillis(250));
        Latencies restored = new Latencies(latencies.snapshot());
        latencies.add(Duration.ofMillis(500));
        restored.add(Duration.ofMillis(500));
        assertThat(restored.snapshot()).isEqualTo(latencies.snapshot());
    }
}
