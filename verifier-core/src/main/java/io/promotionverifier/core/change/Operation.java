package io.promotionverifier.core.change;

/** What a row change did. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
}
