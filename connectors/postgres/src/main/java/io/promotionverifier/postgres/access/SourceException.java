package io.promotionverifier.postgres.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the source database refused or failed to do. The message says what was tried, what the server answered and what
 * helps; it never holds a row value or a secret. Whether retrying helps is told by the type.
 */
public abstract sealed class SourceException extends RuntimeException
        permits AccessRefusedException,
                NotSetUpException,
                SlotInUseException,
                SourceBusyException,
                SourceFailedException,
                SourceUnreachableException {
    private static final long serialVersionUID = 1;

    private final @Nullable String sqlState;

    SourceException(String message) {
        this(message, null, null);
    }

    SourceException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /** The server's SQLSTATE, if the server answered. */
    public final Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }
}
