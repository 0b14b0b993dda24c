package io.promotionverifier.app.board;

import io.promotionverifier.core.promotion.PromotionId;

/**
 * A report that says nothing of now.
 *
 * @param report which
 * @param why it could not be read, or not yet
 */
public record ReportTrouble(Report report, String why) {
    /**
     * A report of a promotion.
     *
     * @param promotion the promotion it guards
     * @param id its name
     */
    public record Report(PromotionId promotion, String id) {}
}
