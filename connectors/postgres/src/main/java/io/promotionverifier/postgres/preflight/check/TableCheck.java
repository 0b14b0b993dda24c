package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Unresolved;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;
import java.util.stream.Collectors;

/** Every promoted table exists and is one that has row changes of its own. */
final class TableCheck implements Check {
    private static final String NAME = "table";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.tables(), tables -> {
            List<PromotionDescription> promotions = facts.promotions(tables);
            return facts.request().tables().stream()
                    .map(table -> judge(table, promotions))
                    .toList();
        });
    }

    private static CheckResult judge(TableName table, List<PromotionDescription> promotions) {
        String problems = promotions.stream()
                .filter(promotion -> promotion.requested().table().equals(table))
                .filter(Unresolved.class::isInstance)
                .flatMap(promotion -> Problems.of((Unresolved) promotion, Problems.TABLE))
                .distinct()
                .collect(Collectors.joining("; "));
        String name = NAME + " " + table;
        return problems.isEmpty() ? CheckResult.pass(name, "it exists") : CheckResult.refuse(name, problems);
    }
}
