package io.promotionverifier.kafka.client;

/** Kafka's client refuses its settings. Retrying does not help; exit code 78. */
public final class ClientSettingsException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says which settings. */
    public ClientSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
