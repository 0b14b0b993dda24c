package io.promotionverifier.postgres.access;

import org.jspecify.annotations.Nullable;

/** Somebody else holds the slot. Retrying later helps. */
public final class SlotInUseException extends SourceException {
    private static final long serialVersionUID = 1;

    public SlotInUseException(String message) {
        super(message);
    }

    SlotInUseException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sqlState, cause);
    }
}
