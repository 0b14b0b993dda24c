package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.RowLadder;
import io.promotionverifier.core.judge.Tally;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Slice;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.RowRecord;
import java.util.Optional;
import java.util.OptionalLong;

/** A part of the state that is written only when it changed. */
public sealed interface StateEntry {
    /** The promotion it belongs to. */
    PromotionId promotion();

    /** The entry that forgets what this one remembers. */
    StateEntry forgotten();

    /**
     * A row that is remembered.
     *
     * @param key its key
     * @param row what is remembered; absent to forget it
     */
    record Row(PromotionId promotion, RowKey key, Optional<RowRecord> row) implements StateEntry {
        @Override
        public StateEntry forgotten() {
            return new Row(promotion, key, Optional.empty());
        }
    }

    /**
     * A tally of rows.
     *
     * @param tally the tally; without sketch to forget it
     */
    record Tallied(PromotionId promotion, Tally tally) implements StateEntry {
        @Override
        public StateEntry forgotten() {
            return new Tallied(promotion, new Tally(tally.key(), Optional.empty()));
        }
    }

    /**
     * Latencies of one slot of stream time.
     *
     * @param slot the slot
     * @param latencies what was measured in it; absent to forget it
     */
    record Delayed(PromotionId promotion, long slot, Optional<Latencies.Snapshot> latencies) implements StateEntry {
        @Override
        public StateEntry forgotten() {
            return new Delayed(promotion, slot, Optional.empty());
        }
    }

    /**
     * What one writer, operation or hour has of the whole.
     *
     * @param place whose part it is
     * @param slice how much; absent to forget it
     */
    record Sliced(PromotionId promotion, Slice.Place place, Optional<Slice> slice) implements StateEntry {
        @Override
        public StateEntry forgotten() {
            return new Sliced(promotion, place, Optional.empty());
        }
    }

    /**
     * Row versions of one slot of time, as statistics counted them.
     *
     * @param place the slot
     * @param versions how many; absent to forget it
     */
    record Counted(PromotionId promotion, RowLadder.Place place, OptionalLong versions) implements StateEntry {
        @Override
        public StateEntry forgotten() {
            return new Counted(promotion, place, OptionalLong.empty());
        }
    }
}
