package io.promotionverifier.postgres.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowSumsTest {
    private static final long SEED = 20_251_122;

    private final Random random = new Random(SEED);
    private final RowSums sums = new RowSums();

    private List<RowFingerprint> rows(int count) {
        List<RowFingerprint> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new RowFingerprint(random.nextLong(), random.nextLong()));
        }
        return rows;
    }

    private void add(List<RowFingerprint> rows, RowSide side) {
        rows.forEach(row -> sums.add(row, side));
    }

    @Test
    void theSameRowsInAnotherOrderAreTheSame() {
        List<RowFingerprint> rows = rows(300_000);
        rows.addAll(rows.subList(0, 1_000));
        add(rows, RowSide.COLUMN);
        Collections.shuffle(rows, random);
        add(rows, RowSide.DOCUMENT);

        assertThat(sums.differing(1)).as("seed %d", SEED).isEmpty();
    }

    @Test
    void theBucketsThatDifferAreThoseOfTheRowsThatDo() {
        List<RowFingerprint> rows = rows(300_000);
        List<RowFingerprint> alone = rows(20);
        add(rows, RowSide.DOCUMENT);
        add(rows, RowSide.COLUMN);
        add(alone.subList(0, 7), RowSide.COLUMN);
        add(alone.subList(7, 20), RowSide.DOCUMENT);

        BitSet expected = new BitSet();
        alone.forEach(row -> expected.set(RowSums.bucket(row)));
        assertThat(sums.differing(1_000_000)).as("seed %d", SEED).containsExactly(expected);
    }

    @Test
    void aRowThatStandsOnceMoreOnOneSideDiffers() {
        RowFingerprint row = new RowFingerprint(1, -1);
        sums.add(row, RowSide.DOCUMENT);
        sums.add(row, RowSide.COLUMN);
        sums.add(row, RowSide.COLUMN);

        assertThat(sums.differing(1)).hasSize(1);
    }

    @Test
    void sumsCarryAndBorrow() {
        // All in one bucket: what is added with a carry must be taken off with a borrow, in whatever order.
        List<RowFingerprint> rows = List.of(
                new RowFingerprint(1, -1),
                new RowFingerprint(2, -1),
                new RowFingerprint(3, Long.MIN_VALUE),
                new RowFingerprint(4, Long.MAX_VALUE),
                new RowFingerprint(5, 0));
        for (int turn = 0; turn < rows.size(); turn++) {
            List<RowFingerprint> turned = new ArrayList<>(rows);
            Collections.rotate(turned, turn);
            add(rows, RowSide.COLUMN);
            add(turned, RowSide.DOCUMENT);
            assertThat(sums.differing(1)).isEmpty();
        }
        // A sum that left the carry out would take these for the same.
        sums.add(new RowFingerprint(1, Long.MIN_VALUE), RowSide.COLUMN);
        sums.add(new RowFingerprint(1, Long.MIN_VALUE), RowSide.COLUMN);
        sums.add(new RowFingerprint(2, 0), RowSide.DOCUMENT);
        assertThat(sums.differing(1)).hasSize(1);
    }

    @Test
    void whatDiffersIsSharedSoThatNoShareHasMoreRowsThanMayBeHeld() {
        add(rows(10_000), RowSide.COLUMN);

        List<BitSet> shares = sums.differing(1_000);

        assertThat(shares).as("seed %d", SEED).hasSizeBetween(10, 11);
        assertThat(shares.stream().mapToInt(BitSet::cardinality).sum()).isBetween(9_000, 10_000);
        for (int i = 1; i < shares.size(); i++) {
            assertThat(shares.get(i).nextSetBit(0))
                    .isGreaterThan(shares.get(i - 1).length() - 1);
        }
    }
}
