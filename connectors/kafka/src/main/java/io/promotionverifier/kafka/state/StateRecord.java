package io.promotionverifier.kafka.state;

import java.util.Optional;

/**
 * One record for the state topic.
 *
 * @param key its key: what it replaces
 * @param value its content; absent for a tombstone
 */
public record StateRecord(String key, Optional<byte[]> value) {}
