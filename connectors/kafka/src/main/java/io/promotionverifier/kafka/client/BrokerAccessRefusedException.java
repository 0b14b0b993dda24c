package io.promotionverifier.kafka.client;

/** The brokers refuse our credentials or our rights. Retrying does not help; exit code 77. */
public final class BrokerAccessRefusedException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says what was refused. */
    public BrokerAccessRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
