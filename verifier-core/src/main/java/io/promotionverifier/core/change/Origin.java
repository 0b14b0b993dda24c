package io.promotionverifier.core.change;

/** Who caused a row change. */
public enum Origin {
    /** The application. */
    LIVE,
    /** A marked backfill: counted apart, or clean backfill rows would hide a broken writer. */
    BACKFILL,
    /** Nobody whom the stream showed: a census found the row. Never of a row change. */
    UNSEEN
}
