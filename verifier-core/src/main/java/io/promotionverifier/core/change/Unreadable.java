package io.promotionverifier.core.change;

/** Why a side of a row could not be read. */
public enum Unreadable {
    /** Unchanged and stored out of line: not in the log. */
    TOAST,
    /** The column is not in the event, or not of the expected type. */
    SCHEMA,
    /** Larger or deeper than we are willing to read. */
    LIMIT
}
