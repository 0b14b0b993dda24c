/**
 * The replication slot, the publication and the lock: made by setup, watched, dropped by uninstall; never a table of
 * the application. May import core, access and catalog. Confined to the thread of the session. Start at
 * {@link io.promotionverifier.postgres.slot.SourceSetup}.
 */
@NullMarked
package io.promotionverifier.postgres.slot;

import org.jspecify.annotations.NullMarked;
