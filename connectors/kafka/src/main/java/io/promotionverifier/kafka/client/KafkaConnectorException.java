package io.promotionverifier.kafka.client;

/** The root of all that this connector reports: each subtype says what happened, where, and what to do. */
public class KafkaConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with its cause. */
    public KafkaConnectorException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A failure that we found ourselves. */
    public KafkaConnectorException(String message) {
        super(message);
    }
}
