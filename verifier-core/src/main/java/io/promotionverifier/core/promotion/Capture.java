package io.promotionverifier.core.promotion;

/** Which row versions of a promotion's table the source shows. */
public enum Capture {
    /** All of them. */
    ALL,
    /** Those that may disagree: the server compares first, and how many others there were only statistics tell. */
    SUSPECTS
}
