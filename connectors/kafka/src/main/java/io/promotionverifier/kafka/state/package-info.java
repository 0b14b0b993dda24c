/**
 * The checkpoint as records of the compacted state topic: one head and many entries, chained and summed so that what
 * was tampered with, cut or mixed is found when it is read. May import core, Jackson, client, json and topic. Start at
 * {@link io.promotionverifier.kafka.state.StateChain} to write and {@link io.promotionverifier.kafka.state.StateReader}
 * to read; a chain belongs to the publisher's thread, everything else is immutable.
 */
@NullMarked
package io.promotionverifier.kafka.state;

import org.jspecify.annotations.NullMarked;
