/**
 * How much was written to a table, as the server's own statistics count it: estimates, for what the stream does not
 * show. May import core and access. A reader belongs to one thread. Start at
 * {@link io.promotionverifier.postgres.statistics.TableCountReader}.
 */
@NullMarked
package io.promotionverifier.postgres.statistics;

import org.jspecify.annotations.NullMarked;
