/** Write latency against a real server, and the reading of statements without one. */
@org.jspecify.annotations.NullMarked
package io.promotionverifier.postgres.latency;
