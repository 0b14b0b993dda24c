package io.promotionverifier.core.change;

/** What is known of the parent row that a promoted column references. */
public enum Parent {
    /** Nobody asked: the promotion references nothing, or the row did not need it. */
    NOT_ASKED,
    /** The parent exists. */
    PRESENT,
    /** The parent is gone: ON DELETE SET NULL may have cleared the column. */
    GONE,
    /** The look-up failed. */
    UNKNOWN
}
