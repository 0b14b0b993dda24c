package io.promotionverifier.postgres.access;

import org.jspecify.annotations.Nullable;

/** An answer of the server that has no better name. Retrying is not known to help. */
public final class SourceFailedException extends SourceException {
    private static final long serialVersionUID = 1;

    public SourceFailedException(String message) {
        super(message);
    }

    SourceFailedException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
