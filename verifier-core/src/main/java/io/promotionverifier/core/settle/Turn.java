package io.promotionverifier.core.settle;

/**
 * A turn of a finding, to be told: opened, confirmed, converged, resolved, or its current state again with a newer
 * version of the row.
 *
 * @param finding the finding after the turn
 * @param openedNow true for its first turn
 */
public record Turn(Finding finding, boolean openedNow) {}
