package io.promotionverifier.core.change;

/** What a row change did. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE,
    /**
     * A row became a suspect: it was inserted, or an update made it one. Only where the server compares first, and
     * sends both as an insert.
     */
    ENTERED,
    /**
     * A row is a suspect no more: it was deleted, or an update healed it. Only where the server compares first, and
     * sends both as a delete.
     */
    LEFT;

    /** True if nothing of the row is left to compare. */
    public boolean removes() {
        return this == DELETE || this == TRUNCATE || this == LEFT;
    }
}
