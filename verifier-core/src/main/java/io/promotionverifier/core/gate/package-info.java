/**
 * The gate: whether a promotion may go on to its next phase, check by check. Pure; any thread. May import change,
 * promotion, compare, ledger, settle, judge, census and pipeline. Start at {@link io.promotionverifier.core.gate.Gate}.
 */
@NullMarked
package io.promotionverifier.core.gate;

import org.jspecify.annotations.NullMarked;
