package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.RowFilterReader;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SlotReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the facts of preflight. Changes nothing. Confined to the session's thread. */
public final class FactsReader {
    private final PostgresAccess access;
    private final Session session;

    /** @param access the way that the session was opened on: more connections are tried */
    public FactsReader(PostgresAccess access, Session session) {
        this.access = access;
        this.session = session;
    }

    /**
     * Asks everything; what a missing privilege hides is hidden in its fact.
     *
     * @param cutOver the promotions whose application writes the column only
     * @throws io.promotionverifier.postgres.access.SourceUnreachableException if the connection breaks
     */
    public PreflightFacts read(CaptureRequest request, Set<PromotionId> cutOver) {
        CatalogReader catalog = new CatalogReader(session);
        ServerReader server = new ServerReader(session);
        Fact<Map<TableName, TableDescription>> tables =
                Fact.ask(() -> catalog.tables(CatalogReader.namesOf(request.promotions())));
        List<Long> relations = tables.either(
                found -> found.values().stream()
                        .map(table -> table.relation().oid())
                        .toList(),
                hidden -> List.of());
        Fact<Optional<PublicationDescription>> publication = Fact.ask(() -> catalog.publication(request.publication()));
        return new PreflightFacts(
                request,
                cutOver,
                Fact.ask(server::facts),
                Fact.ask(() -> new RoleReader(session).facts()),
                tables,
                publication,
                Fact.ask(() -> new TableDetailsReader(session).read(relations)),
                Fact.ask(() -> new SlotReader(session).read(request.slot())),
                Fact.ask(server::slots),
                Fact.ask(server::walRate),
                Fact.ask(() -> new OpenTransactionsReader(session).read()),
                Fact.ask(() -> new RouteProbe(access, session).look()),
                Fact.ask(server::hollowEnums),
                Fact.ask(() -> filters(request, tables, publication)));
    }

    private RowFilters filters(
            CaptureRequest request,
            Fact<Map<TableName, TableDescription>> tables,
            Fact<Optional<PublicationDescription>> publication) {
        return new RowFilterReader(session)
                .read(
                        CatalogReader.resolve(request.promotions(), tables.either(known -> known, hidden -> Map.of())),
                        publication.either(known -> known, hidden -> Optional.empty()));
    }
}
