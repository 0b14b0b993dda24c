package io.promotionverifier.core.sql;

import io.promotionverifier.core.change.TableName;

/** Quotes names and texts for SQL that people run; what the product itself runs is quoted by the driver. */
public final class Identifiers {
    private Identifiers() {}

    /** The identifier, always quoted. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The table with its schema, both quoted. */
    public static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.name());
    }

    /** The text as a literal; safe under any setting of standard_conforming_strings. */
    public static String literal(String text) {
        String doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
