package io.promotionverifier.postgres.report;

/**
 * A report's sides differ in more rows than can be counted in the memory that they may take. Retrying does not help:
 * aggregate the report.
 */
public final class ReportTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReportTooLargeException(int atLeast, int limit) {
        super("at least " + atLeast + " rows differ, and they stand among more than the " + limit
                + " that are held to count them: let the queries aggregate");
    }
}
