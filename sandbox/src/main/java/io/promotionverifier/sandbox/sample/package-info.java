/**
 * The sample schema: tables and rows, its promotions, a configuration for them, and PostgreSQL's own answer to which
 * rows disagree. May import the core's names, java.sql and the JDK. Nothing here starts a thread.
 */
@NullMarked
package io.promotionverifier.sandbox.sample;

import org.jspecify.annotations.NullMarked;
