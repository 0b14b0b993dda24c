package io.promotionverifier.kafka.publish;

import io.promotionverifier.kafka.json.EventType;
import java.time.Instant;
import java.util.Optional;

/**
 * The context attributes of one event.
 *
 * @param id deterministic: the same event has the same id for ever
 * @param type what it is
 * @param subject the promotion it is about; absent when it is about none or several
 * @param time source time; absent before the source showed any
 */
record Event(String id, EventType type, Optional<String> subject, Optional<Instant> time) {}
