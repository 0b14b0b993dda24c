/**
 * The line itself: compare, settle, judge. Confined to the thread that walks the line; the only door for connectors and
 * the application. May import all of core. Start at {@link io.promotionverifier.core.pipeline.VerifierCore}.
 */
@NullMarked
package io.promotionverifier.core.pipeline;

import org.jspecify.annotations.NullMarked;
