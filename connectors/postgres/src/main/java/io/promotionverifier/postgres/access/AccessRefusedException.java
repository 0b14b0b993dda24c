package io.promotionverifier.postgres.access;

import org.jspecify.annotations.Nullable;

/** Wrong credentials or a missing privilege. Retrying does not help before a person has acted. */
public final class AccessRefusedException extends SourceException {
    private static final long serialVersionUID = 1;

    public AccessRefusedException(String message) {
        super(message);
    }

    AccessRefusedException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
