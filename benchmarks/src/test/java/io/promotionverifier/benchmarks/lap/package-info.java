/** How a lap is timed. */
@NullMarked
package io.promotionverifier.benchmarks.lap;

import org.jspecify.annotations.NullMarked;
