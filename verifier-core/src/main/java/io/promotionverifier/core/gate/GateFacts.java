package io.promotionverifier.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the gate must know besides the status, read by others at the same time.
 *
 * @param now when
 * @param doubt why the status says nothing of now, if so: the verifier is not running
 * @param column the promoted column; absent when nobody looked at the catalog
 * @param reports those that must be equal
 * @param rehearsed when the rollback was rehearsed last; absent when nobody knows
 */
public record GateFacts(
        Instant now,
        Optional<String> doubt,
        Optional<TargetColumn> column,
        List<ExpectedReport> reports,
        Optional<Instant> rehearsed) {
    public GateFacts {
        reports = List.copyOf(reports);
    }

    /**
     * The promoted column as the catalog holds it.
     *
     * @param type its type
     * @param filledByDefault the expression by which the server fills the column of an INSERT that leaves it out
     * @param indexes those that begin with the column
     * @param documentIndexes the names of those that serve the document column
     */
    public record TargetColumn(
            String type, Optional<String> filledByDefault, List<ColumnIndex> indexes, List<String> documentIndexes) {
        public TargetColumn {
            indexes = List.copyOf(indexes);
            documentIndexes = List.copyOf(documentIndexes);
        }
    }

    /**
     * An index that begins with the promoted column.
     *
     * @param name its name
     * @param valid whether readers may use it
     * @param scans how often they did since the server's statistics were reset
     */
    public record ColumnIndex(String name, boolean valid, long scans) {}

    /**
     * A report that must be equal.
     *
     * @param name its name
     * @param every how often both sides are read
     */
    public record ExpectedReport(String name, Duration every) {}
}
