/**
 * The application's own write latency, as {@code pg_stat_statements} counts it. May import core and access. A reader
 * belongs to one thread. Start at {@link io.promotionverifier.postgres.latency.WriteLatencyReader}.
 */
@NullMarked
package io.promotionverifier.postgres.latency;

import org.jspecify.annotations.NullMarked;
