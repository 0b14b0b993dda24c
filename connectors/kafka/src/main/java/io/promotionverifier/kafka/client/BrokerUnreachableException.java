package io.promotionverifier.kafka.client;

/** No broker answered in time. Retrying helps once one does; exit code 69. */
public final class BrokerUnreachableException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says which address and what was tried. */
    public BrokerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
