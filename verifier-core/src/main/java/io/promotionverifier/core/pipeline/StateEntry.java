package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.Tally;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.RowRecord;
import java.util.Optional;

/** A part of the state that is written only when it changed. */
public sealed interface StateEntry {
    /** The promotion it belongs to. */
    PromotionId promotion();

    /**
     * A row that is remembered.
     *
     * @param key its key
     * @param row what is remembered; absent to forget it
     */
    record Row(PromotionId promotion, RowKey key, Optional<RowRecord> row) implements StateEntry {}

    /**
     * A tally of rows.
     *
     * @param tally the tally; without sketch to forget it
     */
    record Tallied(PromotionId promotion, Tally tally) implements StateEntry {}
}
