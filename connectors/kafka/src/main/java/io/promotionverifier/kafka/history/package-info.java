/**
 * The history, read back: records become what the core was told, checkpoints become places from which a replay can
 * begin. May import core, Jackson, client, json, state, topic and read. Each reader belongs to the thread that uses it.
 * Start at {@link io.promotionverifier.kafka.history.HistoryReader}.
 */
@NullMarked
package io.promotionverifier.kafka.history;

import org.jspecify.annotations.NullMarked;
