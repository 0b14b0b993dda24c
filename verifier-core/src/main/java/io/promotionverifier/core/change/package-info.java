/**
 * What arrived: row changes with the values of both sides as the source showed them. Immutable. May import the JDK
 * only. Start at {@link io.promotionverifier.core.change.RowChange}.
 */
@NullMarked
package io.promotionverifier.core.change;

import org.jspecify.annotations.NullMarked;
