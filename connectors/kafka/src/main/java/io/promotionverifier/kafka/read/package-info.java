/**
 * What the verifier told, read back: findings, aborts, statuses. May import core, Jackson, client, json and topic. Each
 * reader belongs to the thread that uses it. Start at {@link io.promotionverifier.kafka.read.TopicReader}.
 */
@NullMarked
package io.promotionverifier.kafka.read;

import org.jspecify.annotations.NullMarked;
