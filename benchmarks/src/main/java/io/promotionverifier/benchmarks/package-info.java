/**
 * Measures the verifier on the machine at hand. May import everything; nothing imports it. Start at
 * {@link io.promotionverifier.benchmarks.Main}.
 */
@NullMarked
package io.promotionverifier.benchmarks;

import org.jspecify.annotations.NullMarked;
