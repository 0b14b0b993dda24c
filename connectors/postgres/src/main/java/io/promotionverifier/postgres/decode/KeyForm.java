package io.promotionverifier.postgres.decode;

/** What {@code to_jsonb} makes of a key column. */
public enum KeyForm {
    /** A JSON number: the integers and numeric. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A JSON string holding PostgreSQL's text: text, varchar, char, enums. */
    TEXT,
    /** A JSON string of 36 characters in lower case. */
    UUID,
    /** A JSON string, {@code 2024-02-29}. */
    DATE,
    /** A JSON string in ISO form without a zone. */
    TIMESTAMP,
    /** A JSON string in ISO form with an offset, which depends on the session's zone: we say UTC. */
    TIMESTAMPTZ
}
