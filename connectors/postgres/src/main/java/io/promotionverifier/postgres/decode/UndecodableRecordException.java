package io.promotionverifier.postgres.decode;

/**
 * A record of a captured table that cannot be an arrival: without transaction, key or a known operation. Skipping it
 * would be a silent gap, so the engine stops. Retrying does not help; the message names the table, never a value.
 */
public final class UndecodableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndecodableRecordException(String message) {
        super(message);
    }
}
