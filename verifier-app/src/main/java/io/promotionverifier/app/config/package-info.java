/**
 * The configuration: records that the rest of the application reads, and the one table of keys from which loader, JSON
 * Schema and documentation come. Immutable, safe for use by many threads. May import the core's words, Jackson and the
 * packages below. Start at {@link io.promotionverifier.app.config.ConfigLoader} and
 * {@link io.promotionverifier.app.config.VerifierConfig}.
 */
@NullMarked
package io.promotionverifier.app.config;

import org.jspecify.annotations.NullMarked;
