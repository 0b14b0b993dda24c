package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import java.util.List;

/** A role that may stream the log. */
final class ReplicationRoleCheck implements Check {
    private static final String NAME = "replication-role";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.role(), role -> List.of(judge(role)));
    }

    private static CheckResult judge(RoleFacts role) {
        if (role.superuser()) {
            return CheckResult.pass(NAME, "role " + role.name() + " is a superuser: REPLICATION and SELECT would do");
        }
        if (role.replication()) {
            return CheckResult.pass(NAME, "role " + role.name() + " may stream the log");
        }
        String quoted = SqlText.identifier(role.name());
        return CheckResult.refuse(NAME, "role " + role.name() + " may not stream the log")
                .with(role.rds() ? "GRANT rds_replication TO " + quoted : "ALTER ROLE " + quoted + " REPLICATION");
    }
}
