package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;

/**
 * The unique column by which a parent row is looked up.
 *
 * @param table the parent table
 * @param column the column's literal name
 * @param castName the column's type without modifier as {@code format_type} prints it: quoted where needed, safe in SQL
 */
public record ParentKey(TableName table, String column, String castName) {}
