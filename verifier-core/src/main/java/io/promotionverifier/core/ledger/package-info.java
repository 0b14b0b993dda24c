/**
 * The counters, their breakdown by who wrote, and the sum laws of both. Confined to the thread that walks the line;
 * what leaves is immutable. May import change and compare. Start at {@link io.promotionverifier.core.ledger.Counters}.
 */
@NullMarked
package io.promotionverifier.core.ledger;

import org.jspecify.annotations.NullMarked;
