package io.promotionverifier.core.promotion;

/** The phase of a promotion: what the application reads and writes, and so what a difference means. */
public enum Phase {
    /** The column exists and is backfilled; the application still writes the document only. */
    A,
    /** The application writes both sides: they must agree. */
    B,
    /** The application uses the column only: the key must be gone. */
    C
}
