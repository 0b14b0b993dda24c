package io.promotionverifier.postgres.engine;

import io.promotionverifier.core.change.Lsn;

/** Tells the engine what is durable, so that the slot may let go of it, one checkpoint late. Safe from any thread. */
public interface Confirmation {
    /**
     * A checkpoint has been committed. What the checkpoint <em>before</em> it covered will be confirmed to the slot, by
     * the engine's thread, at the end of the batch in hand or of the next one.
     *
     * @param watermark the greatest end of a commit ({@code Arrival.lastCommit}) folded into the checkpoint: all that
     *     was committed below it is in there
     */
    void checkpointCommitted(Lsn watermark);
}
