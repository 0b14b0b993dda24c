package io.promotionverifier.postgres.catalog;

/**
 * A foreign key of one column.
 *
 * @param column the referencing column's {@code attnum}
 * @param parent the referenced table's OID
 * @param parentColumn the referenced column's {@code attnum}
 */
public record ForeignKey(int column, long parent, int parentColumn) {}
