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
 */
public record RequestedPromotion(
        PromotionId id,
        TableName table,
        DocumentPath from,
        String to,
        Optional<String> type,
        Optional<TableName> references) {}
