package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;

/**
 * An interval of the log of which nobody can say that it was seen.
 *
 * @param from its begin
 * @param to its end
 * @param reason what broke continuity
 */
public record CoverageGap(Lsn from, Lsn to, String reason) {}
