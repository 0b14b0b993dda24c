package io.promotionverifier.kafka.client;

/** A topic, or the state in it, is missing where {@code setup} should have made it. Exit code 78. */
public final class NotSetUpException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says what is missing. */
    public NotSetUpException(String message) {
        super(message);
    }
}
