package io.promotionverifier.core.change;

/**
 * Both sides of one promotion in one row version.
 *
 * @param column the promoted column
 * @param document the value under the document path
 * @param parent what a look-up said of the referenced parent
 */
public record Reading(ColumnValue column, DocumentValue document, Parent parent) {
    public Reading(ColumnValue column, DocumentValue document) {
        this(column, document, Parent.NOT_ASKED);
    }

    /** The same reading with the answer of a look-up. */
    public Reading with(Parent answer) {
        return new Reading(column, document, answer);
    }
}
