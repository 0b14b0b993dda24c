/**
 * Finds the transactions in the stream and resumes inside them: what was folded before is not folded again. Confined to
 * the thread that walks the line. May import change. Start at
 * {@link io.promotionverifier.core.stream.TransactionTracker}.
 */
@NullMarked
package io.promotionverifier.core.stream;

import org.jspecify.annotations.NullMarked;
