/**
 * What the gate asks of the catalog: the promoted column, its default and its indexes. Translates and never decides.
 * May import core and access. Confined to one thread. Start at
 * {@link io.promotionverifier.postgres.gate.TargetColumnReader}.
 */
@NullMarked
package io.promotionverifier.postgres.gate;

import org.jspecify.annotations.NullMarked;
