package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.PromotionDescription.Unresolved;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every promotion's columns exist, have a type that can be compared, and are not computed; its parent can be looked up.
 */
final class PromotionCheck implements Check {
    private static final String NAME = "promotion";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.tables(),
                tables -> facts.promotions(tables).stream()
                        .map(PromotionCheck::judge)
                        .toList());
    }

    private static CheckResult judge(PromotionDescription promotion) {
        RequestedPromotion requested = promotion.requested();
        String name = NAME + " " + requested.id();
        if (promotion instanceof Resolved resolved) {
            return CheckResult.pass(
                    name,
                    requested.from() + " (" + resolved.document().type().sqlName() + ") to " + requested.to() + " ("
                            + resolved.type().sqlName() + ")");
        }
        String problems =
                Problems.of((Unresolved) promotion, Problems.PROMOTION).collect(Collectors.joining("; "));
        return problems.isEmpty()
                ? CheckResult.unknown(name, "its table cannot be captured as it is: see there")
                : CheckResult.refuse(name, problems);
    }
}
