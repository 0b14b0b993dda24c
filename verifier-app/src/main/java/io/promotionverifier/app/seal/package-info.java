/**
 * What values become before they leave the core: keyed digests. May import core. Safe for use by many threads. Start at
 * {@link io.promotionverifier.app.seal.DigestSeal}.
 */
@NullMarked
package io.promotionverifier.app.seal;

import org.jspecify.annotations.NullMarked;
