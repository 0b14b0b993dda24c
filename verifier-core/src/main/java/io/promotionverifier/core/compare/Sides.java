package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Reread;

/**
 * Both sides of one promotion in one row version, ready to be judged.
 *
 * @param column the promoted column
 * @param document the value under the document path
 * @param parent what is known of the referenced parent
 * @param reread which sides came from a look at the row
 */
public record Sides(Side column, Side document, Parent parent, Reread reread) {
    public Sides(Side column, Side document, Parent parent) {
        this(column, document, parent, Reread.NONE);
    }
}
