package io.promotionverifier.sandbox.sample;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.MismatchKind;

/**
 * A row whose two sides disagree.
 *
 * @param promotion under which promotion
 * @param key the row, in the verifier's own spelling
 * @param kind how they disagree
 */
public record InconsistentRow(SamplePromotion promotion, RowKey key, MismatchKind kind) {}
