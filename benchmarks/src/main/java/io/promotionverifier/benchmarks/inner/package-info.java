/**
 * The inner loops under JMH: reading a document, comparing, folding, testing. May import core and the decoder. State
 * belongs to one benchmark thread.
 */
@NullMarked
package io.promotionverifier.benchmarks.inner;

import org.jspecify.annotations.NullMarked;
