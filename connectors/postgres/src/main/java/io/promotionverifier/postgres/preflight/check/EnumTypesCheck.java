package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;

/**
 * No type of the database passes for an enum without having labels: a domain over an enum, or an enum that has none.
 * Debezium 3.6.1 reads all types of the database when it starts, takes the category for the kind, and ends with a
 * NullPointerException on such a type, whether a captured table uses it or not.
 */
final class EnumTypesCheck implements Check {
    private static final String NAME = "enum-types";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.hollowEnums(), types -> List.of(judge(types)));
    }

    private static CheckResult judge(List<String> types) {
        return types.isEmpty()
                ? CheckResult.pass(NAME, "every enum of the database has labels, and no domain is over one")
                : CheckResult.refuse(
                        NAME,
                        String.join(", ", types)
                                + ": Debezium cannot start in a database with such a type, wherever it is used; declare"
                                + " its columns as the enum itself and drop the domain, give an empty enum a label");
    }
}
