package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import java.util.List;
import java.util.stream.Collectors;

/** The server's functions that we call may be called: PUBLIC may, unless a DBA took it away. */
final class FunctionsCheck implements Check {
    private static final String NAME = "functions";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.role(), role -> List.of(judge(role)));
    }

    private static CheckResult judge(RoleFacts role) {
        if (role.lackingFunctions().isEmpty()) {
            return CheckResult.pass(NAME, "role " + role.name() + " may call what is needed");
        }
        return CheckResult.refuse(
                        NAME, "role " + role.name() + " may not call " + String.join(", ", role.lackingFunctions()))
                .with(role.lackingFunctions().stream()
                        .map(function -> "GRANT EXECUTE ON FUNCTION pg_catalog." + function + " TO "
                                + SqlText.identifier(role.name()))
                        .collect(Collectors.joining("; ")));
    }
}
