package io.promotionverifier.core.compare;

/** What a type's input rules make of a text. */
public sealed interface Canonical {
    /**
     * A value: two texts denote the same value exactly when their canonical texts are equal.
     *
     * @param text the canonical text
     */
    record Known(String text) implements Canonical {}

    /** A value that is none to those who read it, like a NULL: JSON null in {@code jsonb}. */
    record Absent() implements Canonical {}

    /** PostgreSQL refuses the text for this type. */
    record Refused() implements Canonical {}

    /** The result depends on the session or on now: {@code "now"}, a naive timestamp without a declared zone. */
    record Volatile() implements Canonical {}

    /** Beyond what we are willing to compute: a numeric with an absurd exponent. */
    record TooLarge() implements Canonical {}
}
