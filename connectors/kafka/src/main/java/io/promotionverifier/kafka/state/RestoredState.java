package io.promotionverifier.kafka.state;

import io.promotionverifier.core.pipeline.StateEntry;
import java.util.List;

/**
 * The last committed checkpoint, verified.
 *
 * @param head its head
 * @param entries all live entries
 */
public record RestoredState(Head head, List<StateEntry> entries) {
    public RestoredState {
        entries = List.copyOf(entries);
    }
}
