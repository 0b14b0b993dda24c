package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.Parent;

/**
 * Both sides of one promotion in one row version, ready to be judged.
 *
 * @param column the promoted column
 * @param document the value under the document path
 * @param parent what is known of the referenced parent
 */
public record Sides(Side column, Side document, Parent parent) {}
