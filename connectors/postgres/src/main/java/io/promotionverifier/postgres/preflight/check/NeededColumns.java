package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.catalog.KeyColumn;
import io.promotionverifier.postgres.catalog.ParentKey;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.catalog.TableDescription;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The columns of a table that we read: key, document and promoted ones, and the key that look-ups go by. */
final class NeededColumns {
    /** Where a row lies, and who wrote it: a census and the look at a row ask for them, and they are granted apart. */
    private static final List<String> SYSTEM = List.of("ctid", "tableoid", "xmin");

    private NeededColumns() {}

    static Set<String> of(TableDescription table, List<PromotionDescription> promotions) {
        Set<String> names = new LinkedHashSet<>();
        for (PromotionDescription promotion : promotions) {
            RequestedPromotion requested = promotion.requested();
            if (requested.table().equals(table.name())) {
                table.key().stream().map(KeyColumn::name).forEach(names::add);
                names.add(requested.from().column());
                names.add(requested.to());
                names.addAll(SYSTEM);
            }
            if (promotion instanceof Resolved resolved) {
                resolved.parent()
                        .filter(parent -> parent.table().equals(table.name()))
                        .map(ParentKey::column)
                        .ifPresent(names::add);
            }
        }
        return names;
    }
}
