package io.promotionverifier.postgres.engine;

import java.sql.SQLException;
import java.util.Optional;

/** How a run of the engine ended. */
public sealed interface CaptureEnd {
    /** It was asked to stop and did. */
    record Stopped() implements CaptureEnd {}

    /**
     * It failed.
     *
     * @param kind what helps
     * @param cause the original failure: for {@link FailureKind#HANDLER} exactly what the handler threw
     */
    record Failed(FailureKind kind, Throwable cause) implements CaptureEnd {
        /**
         * Why, in the server's words where they decided the kind: Debezium only says that something happened. Such
         * words name roles and slots, never values.
         */
        public String reason() {
            return Failures.decisive(cause)
                    .map(SQLException::getMessage)
                    .or(() -> Optional.ofNullable(cause.getMessage()))
                    .orElseGet(() -> cause.getClass().getSimpleName());
        }
    }
}
