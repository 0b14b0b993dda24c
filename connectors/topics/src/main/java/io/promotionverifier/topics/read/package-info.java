/**
 * From change topics to arrivals: several topics are merged into the one order in which the connector saw them, what
 * was delivered twice is dropped, and where reading goes on after a restart is told as a text that a checkpoint
 * carries. May import core, kafka.client, postgres.decode, topics.decode and the Kafka clients. Confined to the
 * reader's thread, but for {@link io.promotionverifier.topics.read.Bookmarks}, which the committing thread asks. Start
 * at {@link io.promotionverifier.topics.read.TopicReader}.
 */
@NullMarked
package io.promotionverifier.topics.read;

import org.jspecify.annotations.NullMarked;
