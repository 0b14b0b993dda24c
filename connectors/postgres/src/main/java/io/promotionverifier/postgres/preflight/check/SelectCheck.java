package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import java.util.ArrayList;
import java.util.List;

/** SELECT on the promoted tables and on the parents that promotions reference. */
final class SelectCheck implements Check {
    private static final String NAME = "select";

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.role(),
                role -> Check.judge(
                        NAME,
                        facts.tables(),
                        tables -> tables.values().stream()
                                .map(table -> judge(table, role))
                                .toList()));
    }

    private static CheckResult judge(TableDescription table, RoleFacts role) {
        String name = NAME + " " + table.name();
        TableDescription.Rights rights = table.relation().rights();
        List<String> lacking = new ArrayList<>();
        List<String> grants = new ArrayList<>();
        String grantee = SqlText.identifier(role.name());
        if (!rights.usage()) {
            lacking.add("USAGE on its schema");
            grants.add(
                    "GRANT USAGE ON SCHEMA " + SqlText.identifier(table.name().schema()) + " TO " + grantee);
        }
        if (!rights.select()) {
            lacking.add("SELECT");
            grants.add("GRANT SELECT ON TABLE " + SqlText.table(table.name()) + " TO " + grantee);
        }
        return lacking.isEmpty()
                ? CheckResult.pass(name, "role " + role.name() + " may read it")
                : CheckResult.refuse(name, "role " + role.name() + " lacks " + String.join(" and ", lacking))
                        .with(String.join("; ", grants));
    }
}
