package io.promotionverifier.postgres.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whether two multisets of rows are the same, however many rows they have, in 2.6 MB: the sums of their fingerprints,
 * apart for each bucket of fingerprints. Where the sums of a bucket differ, its rows do; where they do not, its rows
 * are the same but with the probability of a 128-bit collision. Confined to one thread.
 */
final class RowSums {
    private static final int BUCKET_BITS = 17;
    private static final int BUCKETS = 1 << BUCKET_BITS;

    private final long[] high = new long[BUCKETS];
    private final long[] low = new long[BUCKETS];
    private final int[] rows = new int[BUCKETS];

    /** Adds a row to the one multiset, or takes it off for the other. */
    void add(RowFingerprint row, RowSide side) {
        int bucket = bucket(row);
        boolean plus = side == RowSide.COLUMN;
        long before = low[bucket];
        low[bucket] = plus ? before + row.low() : before - row.low();
        boolean carries = Long.compareUnsigned(plus ? low[bucket] : before, plus ? before : row.low()) < 0;
        long carry = carries ? 1 : 0;
        high[bucket] += plus ? row.high() + carry : -row.high() - carry;
        rows[bucket]++;
    }

    static int bucket(RowFingerprint row) {
        return (int) (row.high() >>> (Long.SIZE - BUCKET_BITS));
    }

    /**
     * The buckets whose rows differ, in shares that have no more rows than may be held at once, if one bucket has not.
     */
    List<BitSet> differing(int rowsAtOnce) {
        List<BitSet> shares = new ArrayList<>();
        long held = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (high[bucket] != 0 || low[bucket] != 0) {
                if (shares.isEmpty() || held + rows[bucket] > rowsAtOnce) {
                    shares.add(new BitSet(BUCKETS));
                    held = 0;
                }
                shares.get(shares.size() - 1).set(bucket);
                held += rows[bucket];
            }
        }
        return shares;
    }
}
