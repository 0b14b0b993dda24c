/**
 * Turns settled rows into rates, aborts and verdicts. Confined to the thread that walks the line. May import promotion,
 * change, settle and ledger. Start at {@link io.promotionverifier.core.judge.MismatchRateTrigger}.
 */
@NullMarked
package io.promotionverifier.core.judge;

import org.jspecify.annotations.NullMarked;
