package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;

/** PostgreSQL 14 to 18. */
final class ServerVersionCheck implements Check {
    private static final String NAME = "server-version";
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.server(), server -> List.of(judge(server)));
    }

    private static CheckResult judge(ServerFacts server) {
        String detail = "PostgreSQL " + server.version() / 10000 + "." + server.version() % 10000;
        if (!server.since(OLDEST)) {
            return CheckResult.refuse(NAME, detail + ": too old, " + OLDEST + " to " + NEWEST + " are supported");
        }
        return server.since(NEWEST + 1)
                ? CheckResult.warn(NAME, detail + ": newer than what was tested, " + OLDEST + " to " + NEWEST)
                : CheckResult.pass(NAME, detail);
    }
}
