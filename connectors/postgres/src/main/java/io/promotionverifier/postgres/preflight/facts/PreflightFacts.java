package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SlotState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the checks judge, read once.
 *
 * @param request what is to be captured
 * @param cutOver the promotions whose application writes the column only (phase C)
 * @param server the server
 * @param role our role
 * @param tables the promoted tables and referenced parents that exist
 * @param publication the publication, if it exists
 * @param details more of the same tables, by OID
 * @param slot the slot, if it exists
 * @param slots all slots of the server
 * @param wal how much log the server writes
 * @param transactions the open transactions that have written
 * @param route what lies between us and the server
 * @param hollowEnums the types that pass for enums and have no labels, each with what it is
 * @param filters the row filters that the publication needs, where promotions are screened
 */
public record PreflightFacts(
        CaptureRequest request,
        Set<PromotionId> cutOver,
        Fact<ServerFacts> server,
        Fact<RoleFacts> role,
        Fact<Map<TableName, TableDescription>> tables,
        Fact<Optional<PublicationDescription>> publication,
        Fact<Map<Long, TableDetails>> details,
        Fact<Optional<SlotState>> slot,
        Fact<List<KnownSlot>> slots,
        Fact<WalRate> wal,
        Fact<List<OpenTransaction>> transactions,
        Fact<Route> route,
        Fact<List<String>> hollowEnums,
        Fact<RowFilters> filters) {
    public PreflightFacts {
        cutOver = Set.copyOf(cutOver);
    }

    /** The promoted ones of these tables that have rows of their own: others are refused by their kind alone. */
    public List<TableDescription> capturable(Map<TableName, TableDescription> described) {
        return request.tables().stream()
                .map(described::get)
                .filter(table -> table != null)
                .filter(table -> table.relation().kind() == TableDescription.Kind.TABLE
                        || table.relation().kind() == TableDescription.Kind.PARTITIONED)
                .toList();
    }

    /** The promotions held against these tables. */
    public List<PromotionDescription> promotions(Map<TableName, TableDescription> described) {
        return CatalogReader.resolve(request.promotions(), described);
    }
}
