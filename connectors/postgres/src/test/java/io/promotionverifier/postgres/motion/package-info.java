/**
 * Rows in motion, from the server through the engine to the core's counts and findings: what the daemon does without
 * Kafka. May import the core, the sandbox, JDBC and the connector. Start at
 * {@link io.promotionverifier.postgres.motion.JudgedStream}.
 */
@NullMarked
package io.promotionverifier.postgres.motion;

import org.jspecify.annotations.NullMarked;
