package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;

/**
 * Who wants an abort raised or cleared, and why.
 *
 * @param promotion which promotion
 * @param reason why; never blank
 * @param by who; the operating system's user unless named
 */
public record AbortRequest(PromotionId promotion, String reason, String by) {}
