/**
 * The embedded PostgreSQL and Kafka: unpacked, started, guarded, stopped and found again after a kill. May import
 * commons-compress, pgjdbc and the JDK, nothing of the product. Every server belongs to the thread that started it.
 */
@NullMarked
package io.promotionverifier.sandbox.server;

import org.jspecify.annotations.NullMarked;
