package io.promotionverifier.sandbox.workload;

/** What a faulty writer does to one row. */
public enum FaultKind {
    /** Writes the document only. */
    COLUMN_FORGOTTEN,
    /** Writes the column only. */
    DOCUMENT_FORGOTTEN,
    /** Writes both, not the same. */
    WRONG_VALUE,
    /** Writes something into the document that the column's type refuses. */
    WRONG_TYPE,
    /** Writes a value into the document that is not among the allowed ones. */
    OUTSIDE_DOMAIN,
    /** Removes the key from the document while the column still needs it. */
    KEY_REMOVED
}
