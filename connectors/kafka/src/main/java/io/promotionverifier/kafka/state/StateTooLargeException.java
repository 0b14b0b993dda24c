package io.promotionverifier.kafka.state;

import io.promotionverifier.kafka.client.KafkaConnectorException;

/** The rows that the state remembers do not fit into this heap; retrying with a larger one helps. */
public final class StateTooLargeException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    StateTooLargeException(String message) {
        super(message);
    }
}
