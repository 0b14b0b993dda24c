package io.promotionverifier.postgres.census;

import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the server counted in a chunk, and which rows it could not prove equal. It counts columns without regard to
 * suspects, so their rows are taken out again as they come. Confined to one thread.
 */
final class ChunkTally {
    private final List<Promotion> promotions;
    private final long rows;
    private final long[] provenColumns;
    private final List<Set<String>> seen;
    private final List<String> suspects;

    private ChunkTally(
            List<Promotion> promotions, long rows, long[] columns, List<Set<String>> seen, List<String> suspects) {
        this.promotions = promotions;
        this.rows = rows;
        this.provenColumns = columns;
        this.seen = List.copyOf(seen);
        this.suspects = List.copyOf(suspects);
    }

    /** @param before by promotion, the allowed values that were not looked for */
    static ChunkTally read(Row row, List<Promotion> promotions, List<Set<String>> before) throws SQLException {
        long[] columns = new long[promotions.size()];
        List<Set<String>> seen = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            columns[i] = row.number("n" + i);
            seen.add(seen(row, i, ChunkSql.countedValues(promotions.get(i)), before.get(i)));
        }
        return new ChunkTally(promotions, row.number("rows"), columns, seen, row.texts("suspects"));
    }

    private static Set<String> seen(Row row, int promotion, List<String> allowed, Set<String> before)
            throws SQLException {
        Set<String> seen = new HashSet<>();
        for (int value = 0; value < allowed.size(); value++) {
            if (!before.contains(allowed.get(value)) && row.number("a" + promotion + "_" + value) > 0) {
                seen.add(allowed.get(value));
            }
        }
        return seen;
    }

    /** By promotion, the allowed values that proven rows hold, without those that were not looked for. */
    List<Set<String>> seen() {
        return seen;
    }

    /** The keys of the rows that could not be proven equal. */
    List<String> suspects() {
        return suspects;
    }

    /** A row that was counted as any other is not proven equal: its own readings are counted instead. */
    void isSuspect(Map<String, Optional<String>> texts) {
        for (int i = 0; i < provenColumns.length; i++) {
            if (texts.getOrDefault(promotions.get(i).to(), Optional.empty()).isPresent()) {
                provenColumns[i]--;
            }
        }
    }

    /** A proven row holds the same on both sides; in phase C, where the key must be gone, no document value. */
    CensusCounts counts(int promotion, List<CensusRow> suspectRows) {
        Promotion counted = promotions.get(promotion);
        Set<String> allowed = new HashSet<>(ChunkSql.countedValues(counted));
        long withValue = provenColumns[promotion];
        long withDocument = counted.phase() == Phase.C ? 0 : withValue;
        CensusCounts sum = new CensusCounts(rows, withValue, withDocument, 0, seen.get(promotion));
        for (CensusRow row : suspectRows) {
            sum = sum.plus(counts(row.readings().get(promotion), allowed));
        }
        return sum;
    }

    private static CensusCounts counts(Reading reading, Set<String> allowed) {
        boolean column = reading.column() instanceof ColumnValue.Present;
        if (reading.document() instanceof DocumentValue.Present document) {
            boolean isNull = reading.column() instanceof ColumnValue.Null;
            Set<String> seen = allowed.contains(document.text()) ? Set.of(document.text()) : Set.of();
            return new CensusCounts(0, 1, 1, isNull ? 1 : 0, seen);
        }
        return new CensusCounts(0, column ? 1 : 0, 0, 0, Set.of());
    }
}
