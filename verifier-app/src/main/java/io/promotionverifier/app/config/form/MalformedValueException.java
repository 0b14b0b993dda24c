package io.promotionverifier.app.config.form;

/** A text that is not of its form; the message says how it should look. Not retryable. */
final class MalformedValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedValueException(String message) {
        super(message);
    }
}
