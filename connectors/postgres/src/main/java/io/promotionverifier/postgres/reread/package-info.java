/**
 * Look-ups of rows that the stream does not carry: parents of promoted columns. Short read-only statements. May import
 * core, access and catalog. Confined to one thread. Start at {@link io.promotionverifier.postgres.reread.ParentReader}.
 */
@NullMarked
package io.promotionverifier.postgres.reread;

import org.jspecify.annotations.NullMarked;
