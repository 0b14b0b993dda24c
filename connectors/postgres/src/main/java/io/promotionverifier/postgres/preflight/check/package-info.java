/**
 * The checks of preflight, one class each: facts in, results out. Pure. May import core, access (for quoting), catalog,
 * slot and facts. Start at {@link io.promotionverifier.postgres.preflight.check.Checks}.
 */
@NullMarked
package io.promotionverifier.postgres.preflight.check;

import org.jspecify.annotations.NullMarked;
