package io.promotionverifier.core.census;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.List;

/**
 * How far a census has come: what a restart goes on from.
 *
 * @param number its number, from 1
 * @param table the table
 * @param promotions the promotions it counts for
 * @param begun everything committed below was there for it to see
 * @param estimate how many rows the table is thought to have
 * @param chunks how many chunks were judged
 * @param after where the next chunk begins, in the words of the reader; empty for the first
 * @param rows how many rows were looked at
 */
public record CensusProgress(
        long number,
        TableName table,
        List<PromotionId> promotions,
        Lsn begun,
        long estimate,
        long chunks,
        List<String> after,
        long rows) {
    public CensusProgress {
        promotions = List.copyOf(promotions);
        after = List.copyOf(after);
    }

    /** The progress after one more chunk. */
    public CensusProgress and(CensusChunk chunk) {
        long more = chunk.counts().stream().mapToLong(CensusCounts::rows).max().orElse(0);
        return new CensusProgress(
                number,
                table,
                promotions,
                begun,
                estimate,
                chunks + 1,
                chunk.end().place(),
                rows + more);
    }

    /** The share of the table that was looked at, from 0 to 1, by the estimate. */
    public double ratio() {
        return rows == 0 ? 0 : (double) rows / Math.max(estimate, rows);
    }
}
