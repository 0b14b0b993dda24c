/**
 * The seven topics, their settings, and what differs on a broker. May import kafka-clients and client. Stateless but
 * for {@link io.promotionverifier.kafka.topic.TopicAdmin}, which belongs to the thread that opened it.
 */
@NullMarked
package io.promotionverifier.kafka.topic;

import org.jspecify.annotations.NullMarked;
