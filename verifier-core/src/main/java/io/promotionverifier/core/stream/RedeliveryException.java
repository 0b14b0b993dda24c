package io.promotionverifier.core.stream;

/**
 * The slot did not deliver again what the checkpoint says it must: the stream is not the one that was folded. Retrying
 * does not help; continuity is lost.
 */
public final class RedeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedeliveryException(String message) {
        super(message);
    }
}
