package io.promotionverifier.postgres.report;

import io.promotionverifier.postgres.access.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares both sides of a pair in one snapshot, in a few megabytes, however many rows they give. One reading tells
 * whether they differ, and mostly where. Where more rows await their counterparts than may be held, those of the
 * buckets that differ are read again, share by share. Confined to one thread.
 */
final class PairReading {
    private static final int EXAMPLES = 5;

    /** Each reads both sides once more. */
    private static final int MOST_SHARES = 4;

    private final Snapshot snapshot;
    private final ReportPair pair;
    private final int limit;
    private final boolean withExamples;
    private final RowHash hash = new RowHash();
    private final Map<RowSide, Long> rows = new EnumMap<>(RowSide.class);

    /**
     * @param limit the most distinct rows that are held at once
     * @param withExamples whether a few rows that differ may be kept as text
     */
    PairReading(Snapshot snapshot, ReportPair pair, int limit, boolean withExamples) {
        this.snapshot = snapshot;
        this.pair = pair;
        this.limit = limit;
        this.withExamples = withExamples;
    }

    private interface Taker {
        void take(RowFingerprint fingerprint, List<Optional<String>> row, RowSide side);
    }

    /** Reads them. */
    ReportResult read() {
        RowSums sums = new RowSums();
        RowDifference whole = new RowDifference(limit, withExamples);
        each((fingerprint, row, side) -> {
            rows.merge(side, 1L, Long::sum);
            sums.add(fingerprint, side);
            whole.add(fingerprint, row, side);
        });
        return whole.isOverflown() ? again(sums.differing(limit)) : counted(List.of(whole));
    }

    private void each(Taker taker) {
        snapshot.each(pair.column(), row -> taker.take(hash.of(row), row, RowSide.COLUMN));
        snapshot.each(pair.document(), row -> taker.take(hash.of(row), row, RowSide.DOCUMENT));
    }

    private ReportResult again(List<BitSet> shares) {
        if (shares.size() > MOST_SHARES) {
            return atLeast(shares);
        }
        List<RowDifference> differences = new ArrayList<>();
        for (BitSet share : shares) {
            RowDifference difference = difference(share);
            if (difference.isOverflown()) {
                return atLeast(shares);
            }
            differences.add(difference);
        }
        return counted(differences);
    }

    private RowDifference difference(BitSet share) {
        RowDifference difference = new RowDifference(limit, withExamples);
        each((fingerprint, row, side) -> {
            if (share.get(RowSums.bucket(fingerprint))) {
                difference.add(fingerprint, row, side);
            }
        });
        return difference;
    }

    /** A bucket that differs has one row at least that does. */
    private ReportResult atLeast(List<BitSet> shares) {
        long buckets = shares.stream().mapToInt(BitSet::cardinality).sum();
        return new ReportResult(buckets, false, larger(), snapshot.taken(), List.of());
    }

    private ReportResult counted(List<RowDifference> differences) {
        long divergent =
                differences.stream().mapToLong(RowDifference::divergentRows).sum();
        List<String> examples = differences.stream()
                .flatMap(difference -> difference.examples(EXAMPLES).stream())
                .limit(EXAMPLES)
                .toList();
        return new ReportResult(divergent, true, larger(), snapshot.taken(), examples);
    }

    private long larger() {
        return rows.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
