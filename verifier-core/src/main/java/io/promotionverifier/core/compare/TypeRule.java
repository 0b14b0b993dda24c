package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.DocumentValue.Shape;

/**
 * PostgreSQL's input rules of one column type. Immutable and safe for use by many threads.
 *
 * <p>{@code canonical(a).equals(canonical(b))} exactly when {@code a::type IS NOT DISTINCT FROM b::type}; what the cast
 * refuses is {@link Canonical.Refused}, never an exception.
 */
@FunctionalInterface
public interface TypeRule {
    /** What the rules make of the text, typmod included. */
    Canonical canonical(String text);

    /** The same for a value in a document: most types read its text, whatever its shape. */
    default Canonical canonical(Shape shape, String text) {
        return canonical(text);
    }

    /** True when the same text may be one value in a column and another in a document. */
    default boolean heedsShape() {
        return false;
    }
}
