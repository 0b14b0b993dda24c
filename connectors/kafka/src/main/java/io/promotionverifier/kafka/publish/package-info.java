/**
 * The one transactional producer: what the core says becomes durable, all of it or nothing, one checkpoint at a time.
 * May import core and the rest of this connector but command and read. Belongs to the thread that walks the line. Start
 * at {@link io.promotionverifier.kafka.publish.CheckpointPublisher}.
 */
@NullMarked
package io.promotionverifier.kafka.publish;

import org.jspecify.annotations.NullMarked;
