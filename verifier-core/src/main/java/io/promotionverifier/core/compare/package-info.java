/**
 * Decides whether two representations denote one value, with one rule for each column type. Pure. May import promotion
 * and change. Start at {@link io.promotionverifier.core.compare.Comparator}.
 */
@NullMarked
package io.promotionverifier.core.compare;

import org.jspecify.annotations.NullMarked;
