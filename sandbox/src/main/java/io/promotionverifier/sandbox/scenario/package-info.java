/**
 * The kinds of trouble that the demonstration shows, and a writer that makes each of them on the sample's cases, with a
 * count of what it did. May import {@code sandbox.sample}, the core's names and java.sql. The writer owns one thread
 * and one connection; start reading at {@link Scenario}.
 */
@NullMarked
package io.promotionverifier.sandbox.scenario;

import org.jspecify.annotations.NullMarked;
