/**
 * The census: what a look at the whole table adds to the stream, and when the two may be compared. Confined to the
 * thread that walks the line. May import change and promotion. Start at
 * {@link io.promotionverifier.core.census.CensusChunk}.
 */
@NullMarked
package io.promotionverifier.core.census;

import org.jspecify.annotations.NullMarked;
