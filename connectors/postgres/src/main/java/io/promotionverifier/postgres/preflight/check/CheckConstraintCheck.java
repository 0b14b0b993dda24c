package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.TableDetails;
import io.promotionverifier.postgres.preflight.facts.TableDetails.CheckConstraint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * No CHECK on the promoted column compares with NULL: {@code CHECK (c IN ('a', NULL))} is true or unknown, never false,
 * and rejects nothing.
 */
final class CheckConstraintCheck implements Check {
    private static final String NAME = "check-constraint";

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
                                .flatMap(promotion -> Optional.ofNullable(tables.get(promotion.table()))
                                        .map(table ->
                                                details.get(table.relation().oid()))
                                        .map(found -> judge(promotion, found))
                                        .stream())
                                .toList()));
    }

    private static CheckResult judge(RequestedPromotion promotion, TableDetails details) {
        String name = NAME + " " + promotion.id();
        List<CheckConstraint> hollow = details.checks().stream()
                .filter(check -> check.columns().contains(promotion.to()))
                .filter(check -> NullInList.isIn(check.definition()))
                .toList();
        if (hollow.isEmpty()) {
            return CheckResult.pass(name, "none compares column " + promotion.to() + " with NULL");
        }
        return CheckResult.warn(
                        name,
                        hollow.stream().map(CheckConstraint::name).collect(Collectors.joining(", "))
                                + " compares with NULL and rejects nothing: a list that holds NULL is never false (a"
                                + " CHECK lets NULL through without it)")
                .with(hollow.stream().map(check -> mend(promotion, check)).collect(Collectors.joining("; ")));
    }

    private static String mend(RequestedPromotion promotion, CheckConstraint check) {
        String table = "ALTER TABLE " + SqlText.table(promotion.table());
        String constraint = SqlText.identifier(check.name());
        return table + " DROP CONSTRAINT " + constraint + ", ADD CONSTRAINT " + constraint + " "
                + NullInList.without(check.definition())
                + (check.definition().endsWith("NOT VALID") ? "" : " NOT VALID")
                + "; " + table + " VALIDATE CONSTRAINT " + constraint;
    }
}
