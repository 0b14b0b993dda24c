package io.promotionverifier.breach.change;

import io.promotionverifier.breach.judge.FindingManager;

/**
 * Imports a room above.
 *
 * @param manager what it should not know
 */
public record ReachesUp(FindingManager manager) {}
