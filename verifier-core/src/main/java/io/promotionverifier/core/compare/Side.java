package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.DocumentValue.Absence;

/**
 * One side of a promotion in one row version, brought to the column's type and sealed: what is compared and recorded.
 */
public sealed interface Side {
    /**
     * A value of the column's type.
     *
     * @param value its sealed canonical form
     */
    record Known(SealedValue value) implements Side {}

    /** SQL NULL in the promoted column. */
    record Null() implements Side {}

    /**
     * No value under the document path.
     *
     * @param form how it is absent
     */
    record Absent(Absence form) implements Side {}

    /**
     * A text that the column's type refuses.
     *
     * @param text its sealed form
     */
    record Uncastable(SealedValue text) implements Side {}

    /**
     * Nothing that could be compared.
     *
     * @param reason why
     */
    record Unavailable(UnverifiableReason reason) implements Side {}
}
