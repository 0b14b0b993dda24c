package io.promotionverifier.kafka.command;

import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.PromotionId;

/**
 * A command that has not been sent yet.
 *
 * @param kind what is to be done
 * @param promotion to which promotion
 * @param reason why
 * @param by who says so
 */
public record Order(Command.Kind kind, PromotionId promotion, String reason, String by) {}
