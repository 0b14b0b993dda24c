package io.promotionverifier.core.judge;

/** What is to be thought of a promotion now. */
public enum Verdict {
    /** Enough rows settled, none disagrees. */
    OK,
    /** Rows disagree, fewer than the limit. */
    WARN,
    /** An abort is active. */
    ABORT,
    /** We cannot see. */
    BLIND,
    /** Too few rows to say anything. */
    INSUFFICIENT_DATA,
    /** Census and stream disagree. */
    SUSPECT
}
