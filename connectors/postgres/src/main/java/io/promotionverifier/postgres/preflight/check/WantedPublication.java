package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.catalog.ColumnDescription;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import io.promotionverifier.postgres.slot.PublicationSql;
import java.util.Map;

/** The publication that the request needs on this server. */
final class WantedPublication {
    private static final int GENERATED_COLUMNS = 18;

    private WantedPublication() {}

    static PublicationSql of(PreflightFacts facts, ServerFacts server, Map<TableName, TableDescription> tables) {
        boolean generated = server.since(GENERATED_COLUMNS)
                && facts.capturable(tables).stream()
                        .anyMatch(table -> !table.generated(ColumnDescription.Generation.STORED)
                                .isEmpty());
        RowFilters filters = facts.filters().either(known -> known, hidden -> RowFilters.NONE);
        return new PublicationSql(facts.request().publication(), facts.request().tables(), generated, filters);
    }
}
