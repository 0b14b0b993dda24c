package io.promotionverifier.postgres.access;

import org.jspecify.annotations.Nullable;

/** The server gave up waiting: a lock or a long transaction stood in the way. Retrying later helps. */
public final class SourceBusyException extends SourceException {
    private static final long serialVersionUID = 1;

    public SourceBusyException(String message) {
        super(message);
    }

    SourceBusyException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
