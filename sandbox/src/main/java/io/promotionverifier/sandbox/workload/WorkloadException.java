package io.promotionverifier.sandbox.workload;

/** A workload that could not start or go on. What its ledger says of the last writes is then not sure. */
public final class WorkloadException extends RuntimeException {
    /** @param cause what the server or the driver said */
    public WorkloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
