/**
 * Runs Debezium's embedded engine on a slot and a publication that exist, always from the slot, hands on what it shows
 * and confirms one checkpoint late. May import decode, core, Debezium and pgjdbc. Records and arrivals belong to the
 * engine's thread. Start at {@link io.promotionverifier.postgres.engine.CaptureEngine}.
 */
@NullMarked
package io.promotionverifier.postgres.engine;

import org.jspecify.annotations.NullMarked;
