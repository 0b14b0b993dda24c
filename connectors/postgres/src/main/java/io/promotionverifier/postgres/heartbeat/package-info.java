/**
 * The message that we send through the server's log: sign of life, clock of idle tables, and what moves an idle slot.
 * May import core and access. A writer is confined to the thread that beats. Start at
 * {@link io.promotionverifier.postgres.heartbeat.HeartbeatWriter}.
 */
@NullMarked
package io.promotionverifier.postgres.heartbeat;

import org.jspecify.annotations.NullMarked;
