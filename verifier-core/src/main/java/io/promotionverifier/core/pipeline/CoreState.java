package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusState;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.ResumePoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a checkpoint: everything the core needs to go on, but for the rows and tallies that are kept apart
 * because only those that changed are written again.
 *
 * @param generation counts the setups, from 1: with it ids never repeat
 * @param resume how far the stream has been folded
 * @param streamTime the running maximum of the commit times seen
 * @param promotions by id
 * @param gaps coverage gaps
 * @param silence why we are blind, if we are
 * @param commandsRead the number of the next command
 * @param proven how far the stream was folded when the source was last looked at: a gap that is found begins there
 * @param census what all censuses remember together
 */
public record CoreState(
        long generation,
        ResumePoint resume,
        Optional<Instant> streamTime,
        Map<PromotionId, PromotionState> promotions,
        List<CoverageGap> gaps,
        Optional<String> silence,
        long commandsRead,
        Lsn proven,
        CensusState census) {
    public CoreState {
        promotions = Map.copyOf(promotions);
        gaps = List.copyOf(gaps);
    }

    /** A state whose source was looked at when its checkpoint was written. */
    public CoreState(
            long generation,
            ResumePoint resume,
            Optional<Instant> streamTime,
            Map<PromotionId, PromotionState> promotions,
            List<CoverageGap> gaps,
            Optional<String> silence,
            long commandsRead) {
        this(
                generation,
                resume,
                streamTime,
                promotions,
                gaps,
                silence,
                commandsRead,
                resume.watermark(),
                CensusState.NONE);
    }

    /** The state goes on in a log whose positions and transaction ids begin again: ids need another generation. */
    public CoreState inAnotherLog() {
        Map<PromotionId, PromotionState> others = new HashMap<>();
        promotions.forEach((id, promotion) -> others.put(id, promotion.inAnotherLog()));
        return new CoreState(
                generation + 1, resume, streamTime, others, gaps, silence, commandsRead, proven, CensusState.NONE);
    }

    /** The state that setup writes: nothing seen, everything below the resume point out of scope. */
    public static CoreState initial(long generation, ResumePoint resume, long commandsRead) {
        return new CoreState(generation, resume, Optional.empty(), Map.of(), List.of(), Optional.empty(), commandsRead);
    }
}
