package io.promotionverifier.app.http;

/** A query parameter that cannot be read. The caller must mend the request. */
public final class BadQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadQueryException(String message) {
        super(message);
    }
}
