package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;

/** {@code idle_session_timeout}: our own sessions turn it off, the engine's cannot. */
final class SessionTimeoutCheck implements Check {
    private static final String NAME = "idle-session-timeout";
    private static final String SETTING = "idle_session_timeout";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME, facts.server(), server -> Check.judge(NAME, facts.role(), role -> List.of(judge(server, role))));
    }

    private static CheckResult judge(ServerFacts server, RoleFacts role) {
        if (server.number(SETTING).orElse(0) == 0) {
            return CheckResult.pass(NAME, "idle sessions are left alone");
        }
        return CheckResult.warn(
                        NAME,
                        SETTING + " is " + server.setting(SETTING).orElseThrow()
                                + ": the engine's sessions may be ended in between, and it starts again each time")
                .with("ALTER ROLE " + SqlText.identifier(role.name()) + " SET " + SETTING + " = 0");
    }
}
