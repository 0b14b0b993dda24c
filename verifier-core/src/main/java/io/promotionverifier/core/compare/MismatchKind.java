package io.promotionverifier.core.compare;

/** How two sides fail to agree. */
public enum MismatchKind {
    /** Both hold a value, not the same. */
    VALUE_DIFFERS,
    /** The document holds a value, the column none. */
    COLUMN_MISSING,
    /** The column holds a value, the document none. */
    DOCUMENT_MISSING,
    /** The column's type refuses the document's value. */
    UNCASTABLE,
    /** The document's value is outside the allowed ones. */
    OUT_OF_DOMAIN,
    /** Phase C: the key is back, a writer of the old version is alive. */
    KEY_REAPPEARED
}
