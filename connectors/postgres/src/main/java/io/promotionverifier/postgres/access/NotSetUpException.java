package io.promotionverifier.postgres.access;

import org.jspecify.annotations.Nullable;

/**
 * A database, table, publication or slot is missing, or does not fit. Retrying does not help before {@code setup} ran.
 */
public final class NotSetUpException extends SourceException {
    private static final long serialVersionUID = 1;

    public NotSetUpException(String message) {
        super(message);
    }

    NotSetUpException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
