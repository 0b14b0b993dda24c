package io.promotionverifier.core.census;

import io.promotionverifier.core.change.TableName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What all promotions' censuses remember together.
 *
 * @param begun how many were begun
 * @param running the one that goes on
 * @param requested tables that somebody asked a census of, in their order
 * @param paused whether an operator holds it
 * @param newest the newest transaction that the stream has shown
 */
public record CensusState(
        long begun, Optional<CensusProgress> running, List<TableName> requested, boolean paused, OptionalLong newest) {
    /** Nobody ever looked. */
    public static final CensusState NONE = new CensusState(0, Optional.empty(), List.of(), false, OptionalLong.empty());

    public CensusState {
        requested = List.copyOf(requested);
    }
}
