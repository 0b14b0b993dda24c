package io.promotionverifier.postgres.catalog;

/**
 * One reason why a promotion cannot be verified.
 *
 * @param kind which rule
 * @param detail what was found, with the names
 */
public record Problem(Kind kind, String detail) {
    /** What a problem is about. */
    public enum Kind {
        /** The table is missing or of a kind that cannot be captured. */
        TABLE,
        /** The table's primary key is missing or of a type that follows later. */
        KEY,
        /** The document column is missing or is not JSON. */
        DOCUMENT_COLUMN,
        /** The promoted column is missing or generated. */
        PROMOTED_COLUMN,
        /** The promoted column's type is not known, or not the one that the configuration states. */
        TYPE,
        /** Columns of the table differ by case only: the capture stops at them. */
        COLUMN_NAMES,
        /** The parent table is missing or its key cannot be told. */
        REFERENCE
    }
}
