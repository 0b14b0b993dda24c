package io.promotionverifier.core.judge;

/**
 * A limit was crossed.
 *
 * @param trigger what watches the limit
 * @param rule the rule that decided
 * @param evidence the figures
 */
public record Crossing(AbortTrigger trigger, String rule, Abort.Evidence evidence) {}
