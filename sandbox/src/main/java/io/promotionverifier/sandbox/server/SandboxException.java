package io.promotionverifier.sandbox.server;

/** A sandbox server that could not do what was asked; the message says what, where, and what to do. */
public class SandboxException extends RuntimeException {
    /** States the failure without a cause of its own. */
    public SandboxException(String message) {
        super(message);
    }

    /** States the failure and what lay under it. */
    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
