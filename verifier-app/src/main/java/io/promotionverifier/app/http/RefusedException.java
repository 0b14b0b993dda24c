package io.promotionverifier.app.http;

/** A request that is not answered as asked. The caller must mend the request. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status that says it. */
    int status() {
        return status;
    }
}
