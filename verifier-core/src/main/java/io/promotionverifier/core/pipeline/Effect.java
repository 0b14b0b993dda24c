package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.core.settle.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the core wants told to the world. The same inputs give the same effects with the same ids.
 *
 * <p>{@link #eventId()} is unique and deterministic; {@link #time()} is source time.
 */
public sealed interface Effect {
    /** The deterministic id of the event. */
    String eventId();

    /** The source time of the event. */
    Instant time();

    /**
     * A finding turned.
     *
     * @param turn the turn
     */
    record FindingTurned(Turn turn, Instant time) implements Effect {
        @Override
        public String eventId() {
            return turn.finding().id() + "/" + turn.finding().revision();
        }
    }

    /**
     * The counters at a cut of stream time, every 10 s when they changed.
     *
     * @param status the promotion at the cut
     * @param time the cut
     */
    record CountersCut(String eventId, PromotionStatus status, Instant time) implements Effect {}

    /**
     * An abort was raised and latched.
     *
     * @param abort with its evidence
     */
    record AbortRaised(Abort abort) implements Effect {
        @Override
        public String eventId() {
            return abort.id();
        }

        @Override
        public Instant time() {
            return abort.raised();
        }
    }

    /**
     * An abort was cleared.
     *
     * @param cleared by whom and why
     */
    record AbortEnded(AbortCleared cleared) implements Effect {
        @Override
        public String eventId() {
            return cleared.abort().id() + "/cleared";
        }

        @Override
        public Instant time() {
            return cleared.cleared();
        }
    }

    /**
     * Somebody answers for checks of the gate that do not hold.
     *
     * @param override who, why and for which
     */
    record GateOverridden(GateOverride override) implements Effect {
        @Override
        public String eventId() {
            return override.id();
        }

        @Override
        public Instant time() {
            return override.ordered();
        }
    }

    /** What the core was told, for the history: told again in this order, it leads to the same effects. */
    sealed interface Recorded extends Effect {}

    /**
     * For the history: a verifier begins to run, by these rules.
     *
     * @param generation of the state it goes on from
     * @param version the verifier's own
     * @param rules of each promotion, in the order of the configuration
     * @param room for rows that disagree
     */
    record RunRecorded(String eventId, long generation, String version, List<Rules> rules, Room.Size room, Instant time)
            implements Recorded {
        public RunRecorded {
            rules = List.copyOf(rules);
        }
    }

    /**
     * For the history: a row change as it was judged.
     *
     * @param change the change
     * @param sides both sides by promotion; empty for DELETE and TRUNCATE
     */
    record ChangeRecorded(String eventId, RowChange change, Map<PromotionId, Sides> sides) implements Recorded {
        @Override
        public Instant time() {
            return change.position().commitTime();
        }
    }

    /**
     * For the history: stream time moved without a row change.
     *
     * @param moment the heartbeat
     */
    record TimeRecorded(String eventId, Moment moment) implements Recorded {
        @Override
        public Instant time() {
            return moment.time();
        }
    }

    /**
     * Coverage was lost, or is proven again.
     *
     * @param at where the server's log ended when that was found
     * @param opened the gaps that began, ended already or not
     * @param ended the gaps that were open and have ended
     * @param jumped true when the stream goes on elsewhere: the transaction that was being folded does not come again
     */
    record CoverageChanged(
            String eventId, Lsn at, List<CoverageGap> opened, List<CoverageGap> ended, boolean jumped, Instant time)
            implements Recorded {
        public CoverageChanged {
            opened = List.copyOf(opened);
            ended = List.copyOf(ended);
        }
    }

    /**
     * For the history: a chunk of a census as it was judged.
     *
     * @param chunk without the rows that the stream decided
     * @param promotions those that its counts are of, in their order
     * @param sides both sides by promotion, of each of its suspects
     * @param at the moment of the stream at which it was judged
     */
    record CensusRecorded(
            String eventId,
            CensusChunk chunk,
            List<PromotionId> promotions,
            List<Map<PromotionId, Sides>> sides,
            Moment at)
            implements Recorded {
        public CensusRecorded {
            promotions = List.copyOf(promotions);
            sides = List.copyOf(sides);
        }

        @Override
        public Instant time() {
            return at.time();
        }
    }

    /**
     * For the history: a census ended. Follows from its chunks.
     *
     * @param promotion for this promotion
     * @param result what it says
     */
    record CensusEnded(String eventId, PromotionId promotion, CensusResult result) implements Recorded {
        @Override
        public Instant time() {
            return result.finished();
        }
    }

    /**
     * For the history: a command, a silence, a gap, a figure, a report or the begin of a census.
     *
     * @param input what the core was told
     * @param watermark how far the stream had been folded
     */
    record InputRecorded(String eventId, Input input, Lsn watermark, Instant time) implements Recorded {}
}
