package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;

/**
 * The two places of a row that one promotion compares.
 *
 * @param from where the value lives in the document
 * @param column the promoted column's literal name
 * @param type the promoted column's type
 */
public record CapturedPromotion(DocumentPath from, String column, ColumnType type) {}
