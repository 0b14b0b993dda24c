/**
 * Whether everything that is committed still reaches us: the live catalog held against what the verifier was built on.
 * It finds and names, the core decides. May import core, access, catalog and slot. A watch is confined to its caller's
 * thread; the rest is immutable. Start at {@link io.promotionverifier.postgres.watch.SourceWatch}.
 */
@NullMarked
package io.promotionverifier.postgres.watch;

import org.jspecify.annotations.NullMarked;
