package io.promotionverifier.postgres.reread;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.decode.CapturedTable;
import java.util.List;

/**
 * A captured table whose rows can be looked at by key.
 *
 * @param table as it is captured
 * @param keyTypes the types of its key columns, in the order of {@code table.key()}, as {@code format_type} prints
 *     them: quoted where needed, safe in SQL
 * @param partitioned true for a partitioned table, whose rows are its partitions'; rows of tables that merely inherit
 *     are not its own
 */
public record RereadTable(CapturedTable table, List<String> keyTypes, boolean partitioned) {
    public RereadTable {
        keyTypes = List.copyOf(keyTypes);
        if (keyTypes.size() != table.key().size()) {
            throw new IllegalArgumentException("a type for each key column of " + table.name());
        }
    }

    /** Its name. */
    public TableName name() {
        return table.name();
    }
}
