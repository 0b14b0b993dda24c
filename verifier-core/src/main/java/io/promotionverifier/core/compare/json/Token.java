package io.promotionverifier.core.compare.json;

/** What a scanner met. */
public enum Token {
    BEGIN_OBJECT,
    END_OBJECT,
    BEGIN_ARRAY,
    END_ARRAY,
    /** A member's name, with the colon behind it. */
    KEY,
    STRING,
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    NULL,
    /** Nothing but white space is left behind one whole value. */
    END,
    /** PostgreSQL refuses the text as jsonb. */
    MALFORMED
}
