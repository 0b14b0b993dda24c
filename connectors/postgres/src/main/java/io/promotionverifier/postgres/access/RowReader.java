package io.promotionverifier.postgres.access;

import java.sql.SQLException;

/**
 * Makes a value of one row.
 *
 * @param <T> the value's type
 */
@FunctionalInterface
public interface RowReader<T> {
    /** The value of the current row. */
    T read(Row row) throws SQLException;
}
