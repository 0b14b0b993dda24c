/**
 * What must hold before anything is created: facts are read once, every check judges them by itself, so that all
 * answers come at once. May import core, access, catalog and slot. Start at
 * {@link io.promotionverifier.postgres.preflight.Preflight}.
 */
@NullMarked
package io.promotionverifier.postgres.preflight;

import org.jspecify.annotations.NullMarked;
