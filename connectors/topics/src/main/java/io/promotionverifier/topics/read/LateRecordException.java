package io.promotionverifier.topics.read;

/**
 * A record became visible after what follows it had been handed on: the order is lost. Reading anew from the last
 * checkpoint does not help; going on behind a recorded coverage gap does.
 */
public final class LateRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LateRecordException(String message) {
        super(message);
    }
}
