package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.TableDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The promoted column has no DEFAULT while the application writes both sides: a writer that does not know the column
 * would fill it, and the document would say something else.
 */
final class ColumnDefaultCheck implements Check {
    private static final String NAME = "column-default";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.tables(),
                tables -> Check.judge(
                        NAME,
                        facts.details(),
                        details -> facts.request().promotions().stream()
                                .flatMap(promotion -> Optional.ofNullable(tables.get(promotion.table())).stream()
                                        .flatMap(table -> column(details, table, promotion).stream())
                                        .map(column -> judge(
                                                promotion,
                                                column,
                                                facts.cutOver().contains(promotion.id()))))
                                .toList()));
    }

    private static Optional<TableDetails.Column> column(
            Map<Long, TableDetails> details, TableDescription table, RequestedPromotion promotion) {
        return Optional.ofNullable(details.get(table.relation().oid())).flatMap(found -> found.column(promotion.to()));
    }

    private static CheckResult judge(RequestedPromotion promotion, TableDetails.Column column, boolean cutOver) {
        String name = NAME + " " + promotion.id();
        if (column.defaultText().isEmpty()) {
            return CheckResult.pass(name, "column " + promotion.to() + " has no DEFAULT");
        }
        String detail = "column " + promotion.to() + " has DEFAULT "
                + column.defaultText().orElseThrow();
        return cutOver
                ? CheckResult.pass(name, detail + ", and is the only side that is written")
                : CheckResult.warn(
                                name,
                                detail + ": a writer that leaves the column out fills it, and the document disagrees"
                                        + " (VALUE_DIFFERS or DOCUMENT_MISSING)")
                        .with("ALTER TABLE " + SqlText.table(promotion.table()) + " ALTER COLUMN "
                                + SqlText.identifier(promotion.to()) + " DROP DEFAULT");
    }
}
