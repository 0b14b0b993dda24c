package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;

/**
 * A promotion as the configuration names it, before the catalog was asked.
 *
 * @param id its name
 * @param table the table of both sides
 * @param from where the value lives in the document
 * @param to the promoted column's literal name
 * @param type the type that the configuration states, to be checked; absent when it is left to the catalog
 * @param references the parent table whose deletion clears the column, if configured
 * @param screening how the server compares first; absent when every change is sent
 */
public record RequestedPromotion(
        PromotionId id,
        TableName table,
        DocumentPath from,
        String to,
        Optional<String> type,
        Optional<TableName> references,
        Optional<Screening> screening) {

    /** A promotion of which every change is sent. */
    public RequestedPromotion(
            PromotionId id,
            TableName table,
            DocumentPath from,
            String to,
            Optional<String> type,
            Optional<TableName> references) {
        this(id, table, from, to, type, references, Optional.empty());
    }
}
