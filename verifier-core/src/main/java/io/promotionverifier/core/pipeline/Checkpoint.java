package io.promotionverifier.core.pipeline;

import java.util.List;

/**
 * All that must become durable at once, together with the effects told since the last one.
 *
 * @param state the head
 * @param changed the rows and tallies that changed since the last checkpoint
 * @param statuses the promotions as they stand, in the order of the configuration
 * @param whole true when all rows and tallies are told, those that did not change too
 */
public record Checkpoint(CoreState state, List<StateEntry> changed, List<PromotionStatus> statuses, boolean whole) {
    public Checkpoint {
        changed = List.copyOf(changed);
        statuses = List.copyOf(statuses);
    }

    /** A checkpoint that tells what changed. */
    public Checkpoint(CoreState state, List<StateEntry> changed, List<PromotionStatus> statuses) {
        this(state, changed, statuses, false);
    }
}
