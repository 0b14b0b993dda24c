/**
 * Look-ups of what the stream does not carry: parents of promoted columns, and values that the log leaves out. Short
 * read-only statements. May import core, access, catalog and decode. Confined to one thread. Start at
 * {@link io.promotionverifier.postgres.reread.ParentReader} and
 * {@link io.promotionverifier.postgres.reread.VersionReader}.
 */
@NullMarked
package io.promotionverifier.postgres.reread;

import org.jspecify.annotations.NullMarked;
