package io.promotionverifier.kafka.json;

/** A record that does not have the shape it should have. Says which member is wrong, never its value. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which member is wrong. */
    public MalformedJsonException(String message) {
        super(message);
    }

    /** Says which member is wrong. */
    public MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
