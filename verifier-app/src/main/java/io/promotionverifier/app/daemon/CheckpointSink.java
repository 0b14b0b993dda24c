package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.SourceVitals;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Effect;
import java.util.List;

/** Where effects and checkpoints become durable together. Confined to whoever holds the line's lock. */
interface CheckpointSink {
    /** Adds effects to the open transaction; nobody can read them before {@link #commit}. */
    void publish(List<Effect> effects);

    /** True when the next checkpoint should tell all that is remembered, so that a replay can begin there. */
    boolean wantsWhole();

    /** Commits what was published together with the checkpoint; durable when it returns. */
    void commit(Checkpoint checkpoint, boolean withStatus, SourceVitals vitals);
}
