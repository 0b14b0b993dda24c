package io.promotionverifier.postgres.report;

/**
 * A row of a report: 128 bits of its hash, as {@link RowHash} makes them.
 *
 * @param high the first half
 * @param low the other half
 */
record RowFingerprint(long high, long low) {}
