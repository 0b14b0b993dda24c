package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;

/** {@code idle_replication_slot_timeout} (PostgreSQL 18): how long the verifier may be away before its slot is lost. */
final class IdleTimeoutCheck implements Check {
    private static final String NAME = "idle-slot-timeout";
    private static final String SETTING = "idle_replication_slot_timeout";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.server(), server -> List.of(judge(server)));
    }

    private static CheckResult judge(ServerFacts server) {
        String timeout = server.setting(SETTING).orElse("0");
        return timeout.equals("0")
                ? CheckResult.pass(NAME, "idle slots are never invalidated")
                : CheckResult.warn(
                                NAME,
                                SETTING + " is " + timeout
                                        + ": a verifier that is away for longer loses its slot, which is a coverage gap")
                        .with(SettingSql.reloaded(server, SETTING, "0"));
    }
}
