package io.promotionverifier.core.change;

import java.util.List;
import java.util.Optional;

/**
 * What happened to one row, without its place in the stream.
 *
 * @param operation what was done
 * @param table the table; for a partitioned table the root
 * @param key the row's key after the change; absent for a TRUNCATE only
 * @param oldKey the key before, when the change altered it
 * @param origin who caused it
 * @param writer the mark that the writing application left, if any
 * @param readings both sides of each promotion of this table, in the order of the configuration; empty for DELETE and
 *     TRUNCATE
 */
public record RowEvent(
        Operation operation,
        TableName table,
        Optional<RowKey> key,
        Optional<RowKey> oldKey,
        Origin origin,
        Optional<String> writer,
        List<Reading> readings) {
    public RowEvent {
        readings = List.copyOf(readings);
        if (key.isEmpty() && operation != Operation.TRUNCATE) {
            throw new IllegalArgumentException(operation + " on " + table + " without a key");
        }
    }

    /** The same event, caused by somebody. */
    public RowEvent by(Origin cause, Optional<String> mark) {
        return new RowEvent(operation, table, key, oldKey, cause, mark, readings);
    }

    /** What an update is that made the row one that is no suspect, once its version was seen. */
    public RowEvent healed(List<Reading> version) {
        return new RowEvent(Operation.UPDATE, table, key, oldKey, origin, writer, version);
    }

    /** The same event with other readings. */
    public RowEvent with(List<Reading> replaced) {
        return new RowEvent(operation, table, key, oldKey, origin, writer, replaced);
    }
}
