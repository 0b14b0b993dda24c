package io.promotionverifier.postgres.engine;

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
    record Failed(FailureKind kind, Throwable cause) implements CaptureEnd {}
}
