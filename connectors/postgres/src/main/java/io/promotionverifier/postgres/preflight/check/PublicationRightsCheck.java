package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** While the publication is missing: whether setup may create it, or a DBA must. */
final class PublicationRightsCheck implements Check {
    private static final String NAME = "publication-rights";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.publication(), publication -> {
            if (publication.isPresent()) {
                return List.of(CheckResult.pass(NAME, "the publication exists already"));
            }
            return Check.judge(
                    NAME,
                    facts.role(),
                    role -> Check.judge(NAME, facts.tables(), tables -> {
                        CheckResult result = judge(facts, role, tables);
                        return List.of(
                                result.result() == CheckResult.Result.PASS ? result : mended(result, facts, tables));
                    }));
        });
    }

    private static CheckResult judge(PreflightFacts facts, RoleFacts role, Map<TableName, TableDescription> tables) {
        List<String> lacking = new ArrayList<>();
        if (!role.createOnDatabase()) {
            lacking.add("CREATE on the database");
        }
        facts.capturable(tables).stream()
                .filter(table -> !table.relation().rights().owned())
                .forEach(table -> lacking.add("ownership of " + table.name() + " (owner "
                        + table.relation().owner() + ")"));
        return lacking.isEmpty()
                ? CheckResult.pass(NAME, "role " + role.name() + " may create the publication")
                : CheckResult.refuse(
                        NAME,
                        "role " + role.name() + " may not create the publication, it lacks "
                                + String.join(", ", lacking) + ": the owner or a DBA must run the statement");
    }

    private static CheckResult mended(
            CheckResult refused, PreflightFacts facts, Map<TableName, TableDescription> tables) {
        return facts.server()
                .either(
                        server -> refused.with(
                                WantedPublication.of(facts, server, tables).create()),
                        hidden -> refused);
    }
}
