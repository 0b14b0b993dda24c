package io.promotionverifier.core.judge;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Distinct rows confirmed over distinct rows settled, in one span of stream time; live writes only.
 *
 * @param confirmedRows rows whose mismatch was confirmed
 * @param settledRows rows that matched, converged or were confirmed
 * @param unverifiableRows rows of which a version could not be verified
 * @param over the span
 * @param estimated true if the settled rows are an estimate: row versions that statistics counted, hence a rate that
 *     may be too low
 */
public record WindowRate(
        long confirmedRows, long settledRows, long unverifiableRows, Duration over, boolean estimated) {
    /** A rate of rows that were seen. */
    public WindowRate(long confirmedRows, long settledRows, long unverifiableRows, Duration over) {
        this(confirmedRows, settledRows, unverifiableRows, over, false);
    }

    /** The rate from 0 to 1; absent without a settled row. */
    public OptionalDouble value() {
        return settledRows == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(1, (double) confirmedRows / settledRows));
    }

    /** The rate below which the true one lies, 95 % sure; absent without a settled row, and of an estimate. */
    public OptionalDouble upperBound() {
        return settledRows == 0 || estimated
                ? OptionalDouble.empty()
                : OptionalDouble.of(Confidence.upperBound(Math.min(confirmedRows, settledRows), settledRows));
    }

    /** The rate if every row that could not be verified were a mismatch; absent without a row, and of an estimate. */
    public OptionalDouble worst() {
        long rows = settledRows + unverifiableRows;
        return rows == 0 || estimated
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(1, (double) (confirmedRows + unverifiableRows) / rows));
    }
}
