/**
 * One lap of one contestant, in a JVM of its own: reads a slot to the end of the recorded log and says how fast that
 * went. May import everything but the ladder. Each contestant belongs to the thread that shows it rows.
 */
@NullMarked
package io.promotionverifier.benchmarks.lap;

import org.jspecify.annotations.NullMarked;
