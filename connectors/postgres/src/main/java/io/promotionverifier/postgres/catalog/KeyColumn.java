package io.promotionverifier.postgres.catalog;

/**
 * A column of the primary key, with what is needed to render it as {@code to_jsonb} does.
 *
 * @param name its literal name
 * @param number its {@code attnum}
 * @param sqlName its type as {@code format_type} prints it
 * @param form its form in JSON
 */
public record KeyColumn(String name, int number, String sqlName, Form form) {
    /** What {@code to_jsonb} makes of a key column. */
    public enum Form {
        /** A JSON number: the integers and numeric. */
        NUMBER,
        BOOLEAN,
        /** A JSON string holding PostgreSQL's text: text, varchar, char, uuid, enums. */
        TEXT,
        DATE,
        TIMESTAMP,
        /** A JSON string in ISO form with an offset, which depends on the session's zone: we say UTC. */
        TIMESTAMPTZ,
        /** Another type: row keys of it follow in a later version. */
        UNSUPPORTED
    }
}
