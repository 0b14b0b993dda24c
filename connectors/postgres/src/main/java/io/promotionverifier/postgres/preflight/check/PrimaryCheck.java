package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;

/** The server writes its own log: a standby can neither be set up nor written a heartbeat to. */
final class PrimaryCheck implements Check {
    private static final String NAME = "primary";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.server(),
                server -> List.of(
                        server.standby()
                                ? CheckResult.refuse(NAME, "the server is a standby: connect to the primary")
                                : CheckResult.pass(NAME, "the server is a primary")));
    }
}
