/**
 * From the JSON that Debezium left in a change topic to the records that our own engine would have handed over: values
 * as PostgreSQL's text, or a mark where the topic's form of a value has lost some of it. Translates and never decides.
 * May import core, postgres.catalog, postgres.decode, Kafka Connect's data API and Jackson. Immutable, but for the
 * reader's thread's own {@link io.promotionverifier.topics.decode.Redelivery}. Start at
 * {@link io.promotionverifier.topics.decode.ChangeReader}.
 */
@NullMarked
package io.promotionverifier.topics.decode;

import org.jspecify.annotations.NullMarked;
