package io.promotionverifier.postgres.watch;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CaptureFingerprint;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.RowFilterReader;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import io.promotionverifier.postgres.slot.SlotReader;
import io.promotionverifier.postgres.slot.SlotState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source at one moment.
 *
 * @param at the end of the log before anything else was read
 * @param cluster which cluster this is
 * @param slot the slot, if it exists
 * @param publication the publication, if it exists
 * @param tables the promoted tables that exist, and the parents they reference
 * @param promotions what the catalog makes of each promotion, in the order of the request
 * @param filters the row filters that the publication needs, and whether it has them
 */
public record SourceSnapshot(
        Lsn at,
        ClusterIdentity cluster,
        Optional<SlotState> slot,
        Optional<PublicationDescription> publication,
        Map<TableName, TableDescription> tables,
        List<PromotionDescription> promotions,
        RowFilters filters) {
    public SourceSnapshot {
        tables = Map.copyOf(tables);
        promotions = List.copyOf(promotions);
    }

    /**
     * Reads it, a handful of short catalog queries.
     *
     * @throws io.promotionverifier.postgres.access.SourceException also when the server is a standby
     */
    public static SourceSnapshot read(Session session, CaptureRequest request) {
        Lsn at = session.one(
                "read the end of the log",
                "SELECT pg_current_wal_lsn() AS lsn",
                row -> row.lsn("lsn").orElseThrow());
        CatalogReader catalog = new CatalogReader(session);
        Map<TableName, TableDescription> tables = catalog.tables(CatalogReader.namesOf(request.promotions()));
        Optional<PublicationDescription> publication = catalog.publication(request.publication());
        List<PromotionDescription> promotions = CatalogReader.resolve(request.promotions(), tables);
        return new SourceSnapshot(
                at,
                ClusterIdentity.read(session),
                new SlotReader(session).read(request.slot()),
                publication,
                tables,
                promotions,
                new RowFilterReader(session).read(promotions, publication));
    }

    /** The promotions that can be verified as things stand. */
    public List<PromotionDescription.Resolved> resolved() {
        return promotions.stream()
                .filter(PromotionDescription.Resolved.class::isInstance)
                .map(PromotionDescription.Resolved.class::cast)
                .toList();
    }

    /** The fingerprint of what is captured: of what there is, where something is missing. */
    public CaptureFingerprint fingerprint() {
        return publication
                .map(found -> CaptureFingerprint.of(found, resolved()))
                .orElseGet(() -> CaptureFingerprint.of(resolved()));
    }
}
