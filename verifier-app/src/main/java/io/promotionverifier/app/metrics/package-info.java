/**
 * The meters and what they show. May import core, topics.decode, app.board and Micrometer. Reads immutable views; safe
 * for use by many threads. Start at {@link io.promotionverifier.app.metrics.Meters}.
 */
@NullMarked
package io.promotionverifier.app.metrics;

import org.jspecify.annotations.NullMarked;
