package io.promotionverifier.postgres.access;

import io.promotionverifier.core.change.Lsn;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The current row of an answer, read by column name. Valid only inside {@link RowReader#read}. */
public final class Row {
    private final ResultSet answer;

    Row(ResultSet answer) {
        this.answer = answer;
    }

    /** A column that is never NULL, as text. */
    public String text(String column) throws SQLException {
        return maybe(column).orElseThrow(() -> new SQLException("column " + column + " is NULL"));
    }

    /** A column as text; absent for NULL. */
    public Optional<String> maybe(String column) throws SQLException {
        return Optional.ofNullable(answer.getString(column));
    }

    /** A number that is never NULL: an integer, a bigint or an OID. */
    public long number(String column) throws SQLException {
        return answer.getLong(column);
    }

    /** A 32-bit integer that is never NULL. */
    public int integer(String column) throws SQLException {
        return answer.getInt(column);
    }

    /** A boolean; NULL reads as false. */
    public boolean flag(String column) throws SQLException {
        return answer.getBoolean(column);
    }

    /** A log position; absent for NULL. */
    public Optional<Lsn> lsn(String column) throws SQLException {
        return maybe(column).map(Lsn::parse);
    }

    /** An array of text; empty for NULL. */
    public List<String> texts(String column) throws SQLException {
        Array array = answer.getArray(column);
        List<String> values = new ArrayList<>();
        if (array != null) {
            for (Object element : (Object[]) array.getArray()) {
                values.add(String.valueOf(element));
            }
        }
        return values;
    }
}
