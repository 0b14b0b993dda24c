package io.promotionverifier.app.config;

import io.promotionverifier.core.promotion.PromotionId;
import java.time.Duration;

/**
 * A report that must give the same rows from the column and from the document.
 *
 * @param id its name
 * @param promotion the promotion it guards
 * @param every how often both sides are read
 * @param column the query on the column
 * @param document the query on the document
 */
public record ReportConfig(String id, PromotionId promotion, Duration every, String column, String document) {}
