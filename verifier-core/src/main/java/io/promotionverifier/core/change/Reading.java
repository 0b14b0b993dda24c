package io.promotionverifier.core.change;

/**
 * Both sides of one promotion in one row version.
 *
 * @param column the promoted column
 * @param document the value under the document path
 * @param parent what a look-up said of the referenced parent
 * @param reread which sides came from a look at the row
 */
public record Reading(ColumnValue column, DocumentValue document, Parent parent, Reread reread) {
    private static final ColumnValue UNLOGGED_COLUMN = new ColumnValue.Unavailable(Unreadable.TOAST);
    private static final DocumentValue UNLOGGED_DOCUMENT = new DocumentValue.Unavailable(Unreadable.TOAST);

    public Reading(ColumnValue column, DocumentValue document, Parent parent) {
        this(column, document, parent, Reread.NONE);
    }

    public Reading(ColumnValue column, DocumentValue document) {
        this(column, document, Parent.NOT_ASKED);
    }

    /** The same reading with the answer of a look-up. */
    public Reading with(Parent answer) {
        return new Reading(column, document, answer, reread);
    }

    /** The same reading, taken from a look at the row. */
    public Reading looked() {
        return new Reading(column, document, parent, Reread.BOTH);
    }

    /** True if both sides are at hand. */
    public boolean isWhole() {
        return !(column instanceof ColumnValue.Unavailable) && !(document instanceof DocumentValue.Unavailable);
    }

    /** True if the column's value is not in the log: unchanged and stored out of line. */
    public boolean lacksColumn() {
        return column.equals(UNLOGGED_COLUMN);
    }

    /** True if the document is not in the log: unchanged and stored out of line. */
    public boolean lacksDocument() {
        return document.equals(UNLOGGED_DOCUMENT);
    }

    /** The same reading with what it lacks taken from a reading that is proven to be of this very version. */
    public Reading completedBy(Reading row) {
        boolean newColumn = lacksColumn() && !(row.column instanceof ColumnValue.Unavailable);
        boolean newDocument = lacksDocument() && !(row.document instanceof DocumentValue.Unavailable);
        return new Reading(
                newColumn ? row.column : column,
                newDocument ? row.document : document,
                parent,
                Reread.of(newColumn || reread.column(), newDocument || reread.document()));
    }

    /**
     * What a reading of this version tells of the version before it: the sides that this change did not change. What is
     * not known is as if it were not in the log.
     */
    public Reading unchangedOf(Reading row) {
        return new Reading(
                lacksColumn() ? row.column : UNLOGGED_COLUMN, lacksDocument() ? row.document : UNLOGGED_DOCUMENT);
    }
}
