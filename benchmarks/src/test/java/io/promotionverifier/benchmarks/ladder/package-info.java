/** What the ladder makes of its figures. */
@NullMarked
package io.promotionverifier.benchmarks.ladder;

import org.jspecify.annotations.NullMarked;
