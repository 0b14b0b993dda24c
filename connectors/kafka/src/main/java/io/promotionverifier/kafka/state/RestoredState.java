package io.promotionverifier.kafka.state;

import io.promotionverifier.core.pipeline.StateEntry;
import java.time.Instant;
import java.util.List;

/**
 * The last committed checkpoint, verified.
 *
 * @param head its head
 * @param entries all live entries; there may be very many: who goes on from them lets go of them
 * @param written when the head was written, by the clock of the verifier that wrote it
 */
public record RestoredState(Head head, List<StateEntry> entries, Instant written) {
    public RestoredState {
        entries = List.copyOf(entries);
    }
}
