package io.promotionverifier.app.daemon;

/** The line failed before: nothing may be told any more. The daemon has to start again from its checkpoint. */
final class LineBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LineBrokenException(Throwable cause) {
        super("the line is broken: " + cause.getMessage(), cause);
    }
}
