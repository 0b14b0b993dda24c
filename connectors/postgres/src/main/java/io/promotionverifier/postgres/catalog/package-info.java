/**
 * What the source's catalog says of the captured tables: columns, keys, identities, publication, and the fingerprint of
 * all of it. Reads only. May import core, access and Jackson. Confined to the thread of the session. Start at
 * {@link io.promotionverifier.postgres.catalog.CatalogReader}.
 */
@NullMarked
package io.promotionverifier.postgres.catalog;

import org.jspecify.annotations.NullMarked;
