package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import java.util.List;

/** The role may have as many connections as the daemon and a command beside it open. */
final class ConnectionLimitCheck implements Check {
    private static final String NAME = "connection-limit";

    /** The daemon's five (lock, heartbeat, look-ups, engine, stream) and a command's three, with some room. */
    private static final int NEEDED = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.role(), role -> List.of(judge(role)));
    }

    private static CheckResult judge(RoleFacts role) {
        if (role.connectionLimit() < 0) {
            return CheckResult.pass(NAME, "role " + role.name() + " has no limit of its own");
        }
        String detail = "role " + role.name() + " may have " + role.connectionLimit() + " connections";
        return role.connectionLimit() >= NEEDED
                ? CheckResult.pass(NAME, detail)
                : CheckResult.warn(NAME, detail + ": a daemon and a command beside it may need " + NEEDED)
                        .with("ALTER ROLE " + SqlText.identifier(role.name()) + " CONNECTION LIMIT " + NEEDED);
    }
}
