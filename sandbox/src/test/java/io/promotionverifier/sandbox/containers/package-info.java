/**
 * PostgreSQL and Kafka on Testcontainers, for the same integration tests. May import Testcontainers and
 * {@code sandbox.server}. The servers belong to the thread that started them.
 */
@NullMarked
package io.promotionverifier.sandbox.containers;

import org.jspecify.annotations.NullMarked;
