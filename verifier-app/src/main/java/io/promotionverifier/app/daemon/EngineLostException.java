package io.promotionverifier.app.daemon;

import io.promotionverifier.postgres.engine.CaptureEnd;
import io.promotionverifier.postgres.engine.FailureKind;

/** The engine ended in a way that only a person can mend. */
public final class EngineLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    EngineLostException(CaptureEnd.Failed end) {
        super(
                "capture ended: " + end.reason()
                        + (end.kind() == FailureKind.ACCESS ? "; doctor shows what is missing" : ""),
                end.cause());
        kind = end.kind();
    }

    /** What helps. */
    public FailureKind kind() {
        return kind;
    }
}
