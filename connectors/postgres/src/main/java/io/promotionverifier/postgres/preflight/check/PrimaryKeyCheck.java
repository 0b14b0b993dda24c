package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.catalog.KeyColumn;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Unresolved;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;
import java.util.stream.Collectors;

/** Every table has a primary key of types that a row key can hold. */
final class PrimaryKeyCheck implements Check {
    private static final String NAME = "primary-key";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.tables(), tables -> {
            List<PromotionDescription> promotions = facts.promotions(tables);
            return facts.capturable(tables).stream()
                    .map(table -> judge(table, promotions))
                    .toList();
        });
    }

    private static CheckResult judge(TableDescription table, List<PromotionDescription> promotions) {
        String name = NAME + " " + table.name();
        String problems = promotions.stream()
                .filter(promotion -> promotion.requested().table().equals(table.name()))
                .filter(Unresolved.class::isInstance)
                .flatMap(promotion -> Problems.of((Unresolved) promotion, Problems.KEY))
                .distinct()
                .collect(Collectors.joining("; "));
        return problems.isEmpty()
                ? CheckResult.pass(
                        name, table.key().stream().map(KeyColumn::name).collect(Collectors.joining(", ")))
                : CheckResult.refuse(name, problems);
    }
}
