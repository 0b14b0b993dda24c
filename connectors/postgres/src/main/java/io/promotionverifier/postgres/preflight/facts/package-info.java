/**
 * What preflight knows of the source: each fact known, or hidden with the reason. Immutable. May import core, access,
 * catalog and slot. Start at {@link io.promotionverifier.postgres.preflight.facts.PreflightFacts}.
 */
@NullMarked
package io.promotionverifier.postgres.preflight.facts;

import org.jspecify.annotations.NullMarked;
