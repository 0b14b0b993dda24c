package io.promotionverifier.kafka.history;

import io.promotionverifier.kafka.client.KafkaConnectorException;

/** The history does not hold all that a replay needs; retrying does not help, another begin may. */
public final class HistoryHoleException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    public HistoryHoleException(String message) {
        super(message);
    }
}
