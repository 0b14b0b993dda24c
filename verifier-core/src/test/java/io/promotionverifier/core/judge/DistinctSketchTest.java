package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sketch counts exactly while it can and closely beyond. */
class DistinctSketchTest {
    private static DistinctSketch of(LongStream hashes) {
        DistinctSketch sketch = new DistinctSketch();
        hashes.forEach(sketch::add);
        return sketch;
    }

    private static LongStream hashes(long seed, int count) {
        return new Random(seed).longs(count);
    }

    @Test
    void upToItsExactPartItCountsExactly() {
        for (int count : new int[] {0, 1, 2, 1_000, DistinctSketch.EXACT}) {
            DistinctSketch sketch = of(hashes(count, count));
            hashes(count, count).forEach(hash -> assertThat(sketch.add(hash)).isFalse());
            assertThat(sketch.count()).isEqualTo(count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 2_000, 5_000, 10_000, 30_000, 100_000, 300_000, 1_000_000})
    void beyondItIsWithinFivePercent(int count) {
        for (long seed = 0; seed < 5; seed++) {
            assertThat(of(hashes(seed, count)).count()).as("seed %d", seed).isCloseTo(count, withPercentage(5));
        }
    }

    @Test
    void itsErrorIsAsSmallOnAverageAsItsKindPromises() {
        double squares = 0;
        int runs = 60;
        for (long seed = 0; seed < runs; seed++) {
            double error = of(hashes(1_000 + seed, 20_000)).count() / 20_000.0 - 1;
            squares += error * error;
        }
        assertThat(Math.sqrt(squares / runs)).isLessThan(0.022);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 900, 5_000, 50_000})
    void theMergeOfTwoIsTheSketchOfTheUnion(int count) {
        DistinctSketch merged = of(hashes(1, count));
        merged.addAll(of(hashes(2, count)));
        merged.addAll(of(hashes(1, count / 2)));

        DistinctSketch union = of(LongStream.concat(hashes(1, count), hashes(2, count)));
        assertThat(merged.count()).isEqualTo(union.count());
        assertThat(merged.snapshot().hashes()).isEqualTo(union.snapshot().hashes());
        assertThat(merged.snapshot().registers()).isEqualTo(union.snapshot().registers());
    }

    @Test
    void aSmallSketchMergesIntoAnExactOneWithALargeOneToo() {
        DistinctSketch merged = of(hashes(1, 10));
        merged.addAll(of(hashes(2, 50_000)));

        assertThat(merged.count())
                .isEqualTo(
                        of(LongStream.concat(hashes(1, 10), hashes(2, 50_000))).count());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_024, 1_025, 40_000})
    void aSketchTakenBackFromItsStateGoesOnAsBefore(int count) {
        DistinctSketch original = of(hashes(1, count));
        DistinctSketch restored = new DistinctSketch(original.snapshot());
        hashes(2, 2_000).forEach(hash -> assertThat(restored.add(hash)).isEqualTo(original.add(hash)));

        assertThat(restored.count()).isEqualTo(original.count());
    }
}
