package io.promotionverifier.kafka.client;

/**
 * A topic holds a transaction that neither committed nor aborted: its subscribers see nothing behind it. Retrying helps
 * once its producer ended it, or the broker gave it up (15 minutes by default); exit code 75.
 */
public final class UnfinishedTransactionException extends KafkaConnectorException {
    private static final long serialVersionUID = 1L;

    /** Says which topic, and how to find the producer. */
    public UnfinishedTransactionException(String message) {
        super(message);
    }
}
