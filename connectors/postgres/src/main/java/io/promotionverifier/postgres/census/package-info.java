/**
 * The census' reader: a table by SQL, in chunks of bounded time, one short read-only transaction each. Translates and
 * never decides. May import core, access and decode. Confined to one thread. Start at
 * {@link io.promotionverifier.postgres.census.ChunkReader}.
 */
@NullMarked
package io.promotionverifier.postgres.census;

import org.jspecify.annotations.NullMarked;
