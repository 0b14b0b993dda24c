/**
 * The ladder: servers, a recorded log, contestants in turn, and what is told of them. May import everything. Confined
 * to the main thread but for {@link io.promotionverifier.benchmarks.ladder.ProcessMeter}'s sampling.
 */
@NullMarked
package io.promotionverifier.benchmarks.ladder;

import org.jspecify.annotations.NullMarked;
