package io.promotionverifier.core.change;

/** Which sides of a reading came from a look at the row, because the log did not carry them. */
public enum Reread {
    NONE,
    COLUMN,
    DOCUMENT,
    BOTH;

    /** The sides named. */
    public static Reread of(boolean column, boolean document) {
        if (column) {
            return document ? BOTH : COLUMN;
        }
        return document ? DOCUMENT : NONE;
    }

    /** True if the column's value was re-read. */
    public boolean column() {
        return this == COLUMN || this == BOTH;
    }

    /** True if the document's value was re-read. */
    public boolean document() {
        return this == DOCUMENT || this == BOTH;
    }
}
