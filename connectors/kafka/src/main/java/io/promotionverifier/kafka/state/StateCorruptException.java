package io.promotionverifier.kafka.state;

import io.promotionverifier.kafka.client.KafkaConnectorException;

/** The state in Kafka is not what a verifier wrote. Retrying does not help; exit code 78. */
public final class StateCorruptException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, where, and the remedy. */
    public StateCorruptException(String message) {
        super(message);
    }
}
