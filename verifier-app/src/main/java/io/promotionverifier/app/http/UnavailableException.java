package io.promotionverifier.app.http;

/** What was asked for cannot be read now: 503. Asking again helps when what the message names is back. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
