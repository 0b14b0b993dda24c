package io.promotionverifier.core.change;

/** What the source showed of a promoted column. */
public sealed interface ColumnValue {
    /**
     * A value.
     *
     * @param text the value as PostgreSQL prints it (timestamptz in ISO form with zone)
     */
    record Present(String text) implements ColumnValue {}

    /** SQL NULL. */
    record Null() implements ColumnValue {}

    /**
     * Nothing that could be compared.
     *
     * @param why the reason
     */
    record Unavailable(Unreadable why) implements ColumnValue {}
}
