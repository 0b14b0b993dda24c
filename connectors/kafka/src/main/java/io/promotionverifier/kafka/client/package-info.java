/**
 * How Kafka's clients are made here and what their failures are called. May import kafka-clients and nothing else of
 * this connector. Stateless but for the clients it hands out, which belong to the thread that asked. Start at
 * {@link io.promotionverifier.kafka.client.KafkaConnection}.
 */
@NullMarked
package io.promotionverifier.kafka.client;

import org.jspecify.annotations.NullMarked;
