package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.promotion.ColumnType;
import java.util.List;
import java.util.Optional;

/** What the catalog makes of a requested promotion. */
public sealed interface PromotionDescription {
    /** What was asked for. */
    RequestedPromotion requested();

    /**
     * A promotion that can be verified.
     *
     * @param requested what was asked for
     * @param table the table of both sides, with its key
     * @param document the document column
     * @param column the promoted column
     * @param type the promoted column's type
     * @param parent where to look a parent up, if the promotion references one
     */
    record Resolved(
            RequestedPromotion requested,
            TableDescription table,
            ColumnDescription document,
            ColumnDescription column,
            ColumnType type,
            Optional<ParentKey> parent)
            implements PromotionDescription {}

    /**
     * A promotion that cannot.
     *
     * @param requested what was asked for
     * @param problems every reason, at least one
     */
    record Unresolved(RequestedPromotion requested, List<Problem> problems) implements PromotionDescription {
        public Unresolved {
            problems = List.copyOf(problems);
        }
    }
}
