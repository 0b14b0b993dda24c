package io.promotionverifier.kafka.publish;

import io.promotionverifier.kafka.client.KafkaConnectorException;

/**
 * Another producer took our transactional id, or the coordinator gave our transaction up: this publisher must not go
 * on. Exit code 75, unless the state shows that no other verifier wrote since.
 */
public final class FencedException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says which transactional id. */
    public FencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
