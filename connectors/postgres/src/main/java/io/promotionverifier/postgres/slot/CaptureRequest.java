package io.promotionverifier.postgres.slot;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration asks to capture.
 *
 * @param slot the slot's name
 * @param publication the publication's name
 * @param promotions the promotions, in the order of the configuration
 */
public record CaptureRequest(String slot, String publication, List<RequestedPromotion> promotions) {
    public CaptureRequest {
        promotions = List.copyOf(promotions);
    }

    /** The promoted tables, each once, in order. */
    public Set<TableName> tables() {
        Set<TableName> tables = new TreeSet<>();
        promotions.forEach(promotion -> tables.add(promotion.table()));
        return tables;
    }
}
