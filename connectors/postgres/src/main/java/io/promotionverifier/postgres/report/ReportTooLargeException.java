package io.promotionverifier.postgres.report;

/** A report's sides differ in more distinct rows than memory may hold. Retrying does not help: aggregate the report. */
public final class ReportTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReportTooLargeException(int limit) {
        super("more than " + limit + " distinct rows have no counterpart: let the queries aggregate");
    }
}
