/**
 * What is verified: the pair of document path and promoted column, with its policy. Immutable. May import change. Start
 * at {@link io.promotionverifier.core.promotion.Promotion}.
 */
@NullMarked
package io.promotionverifier.core.promotion;

import org.jspecify.annotations.NullMarked;
