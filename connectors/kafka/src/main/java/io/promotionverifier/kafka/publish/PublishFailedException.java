package io.promotionverifier.kafka.publish;

import io.promotionverifier.kafka.client.KafkaConnectorException;

/**
 * The open transaction could not be completed; nothing of it is visible. A new publisher may go on from the state; exit
 * code 70 when it persists.
 */
public final class PublishFailedException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says what failed. */
    public PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
