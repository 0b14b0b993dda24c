package io.promotionverifier.postgres.access;

import org.jspecify.annotations.Nullable;

/** No connection, or it broke, or the server is starting, stopping or full. Retrying with back-off helps. */
public final class SourceUnreachableException extends SourceException {
    private static final long serialVersionUID = 1;

    public SourceUnreachableException(String message) {
        super(message);
    }

    SourceUnreachableException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
