/**
 * Waits out mismatches that heal and confirms those that do not. Confined to the thread that walks the line. May import
 * promotion, change, compare and ledger. Start at {@link io.promotionverifier.core.settle.Findings}.
 */
@NullMarked
package io.promotionverifier.core.settle;

import org.jspecify.annotations.NullMarked;
