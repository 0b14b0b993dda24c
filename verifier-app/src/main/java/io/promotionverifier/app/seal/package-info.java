/**
 * What values become before they leave: keyed digests, and the key they are made with. May import core and app.config.
 * Start at {@link io.promotionverifier.app.seal.DigestSeal}.
 */
@NullMarked
package io.promotionverifier.app.seal;

import org.jspecify.annotations.NullMarked;
