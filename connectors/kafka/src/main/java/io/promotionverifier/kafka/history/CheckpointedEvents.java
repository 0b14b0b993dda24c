package io.promotionverifier.kafka.history;

import io.promotionverifier.kafka.history.PublishedEvents.Published;
import java.util.List;

/** Events of one topic, handed out checkpoint by checkpoint. Belongs to one thread. */
public interface CheckpointedEvents extends AutoCloseable {
    /** Passes over what belongs to checkpoints up to this one. */
    void skipTo(long checkpoint);

    /** The next events that belong to checkpoints up to this one, in order. */
    List<Published> upTo(long checkpoint);

    @Override
    void close();
}
