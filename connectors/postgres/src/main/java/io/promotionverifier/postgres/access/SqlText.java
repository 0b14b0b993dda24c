package io.promotionverifier.postgres.access;

import io.promotionverifier.core.change.TableName;
import java.sql.SQLException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.postgresql.core.Utils;

/** Names and literals in SQL that cannot take bind parameters, quoted by pgjdbc. */
public final class SqlText {
    private SqlText() {}

    /**
     * A quoted identifier.
     *
     * @throws IllegalArgumentException if the name holds a zero byte
     */
    public static String identifier(String name) {
        try {
            return Utils.escapeIdentifier(null, name).toString();
        } catch (SQLException e) {
            throw new IllegalArgumentException("a name holds a zero byte", e);
        }
    }

    /**
     * A quoted string literal.
     *
     * @throws IllegalArgumentException if the text holds a zero byte
     */
    public static String literal(String text) {
        try {
            return "'" + Utils.escapeLiteral(null, text, true) + "'";
        } catch (SQLException e) {
            throw new IllegalArgumentException("a text holds a zero byte", e);
        }
    }

    /** A quoted table name with its schema. */
    public static String table(TableName table) {
        return identifier(table.schema()) + "." + identifier(table.name());
    }

    /** Quoted table names in their order, separated by commas. */
    public static String tables(Collection<TableName> tables) {
        return tables.stream().sorted().map(SqlText::table).collect(Collectors.joining(", "));
    }

    /** The text on one line: what may stand in a comment without ending it. */
    public static String comment(String text) {
        return text.replaceAll("\\R|\\p{Cntrl}", " ");
    }
}
