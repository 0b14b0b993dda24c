package io.promotionverifier.topics.decode;

/**
 * A topic holds what is no change event of Debezium, or one without its place in the log. Retrying does not help; the
 * message names the record and what mends the connector, never a value.
 */
public final class UnreadableTopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableTopicException(String message) {
        super(message);
    }

    UnreadableTopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
