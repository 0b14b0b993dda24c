/**
 * From Debezium's records to arrivals: what happened to a row, its key as {@code to_jsonb} prints it, and both sides of
 * each promotion as PostgreSQL's text. Translates and never decides. May import core, Kafka Connect's data API and
 * Jackson's streaming parser. Confined to the engine's thread, but for
 * {@link io.promotionverifier.postgres.decode.RowKeys}, which is immutable. Start at
 * {@link io.promotionverifier.postgres.decode.RecordDecoder}.
 */
@NullMarked
package io.promotionverifier.postgres.decode;

import org.jspecify.annotations.NullMarked;
