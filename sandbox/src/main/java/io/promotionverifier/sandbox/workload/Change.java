package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import java.util.List;
import java.util.Optional;

/**
 * One SQL statement with its parameters, all of them texts that the SQL casts.
 *
 * @param sql the statement
 * @param parameters its parameters in order
 * @param effect what its row count counts; empty for savepoints
 * @param fkNulled how many rows the foreign key clears beside
 */
record Change(String sql, List<String> parameters, Optional<Effect> effect, int fkNulled) {
    Change {
        parameters = List.copyOf(parameters);
    }

    /** Which rows a statement changes. */
    record Effect(Operation operation, TableName table) {}

    static Change control(String sql) {
        return new Change(sql, List.of(), Optional.empty(), 0);
    }
}
