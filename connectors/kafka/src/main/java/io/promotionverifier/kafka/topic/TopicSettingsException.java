package io.promotionverifier.kafka.topic;

import io.promotionverifier.kafka.client.KafkaConnectorException;

/** A topic exists but is not as the verifier needs it. Retrying does not help; exit code 78. */
public final class TopicSettingsException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Lists every problem with its remedy. */
    public TopicSettingsException(String message) {
        super(message);
    }
}
