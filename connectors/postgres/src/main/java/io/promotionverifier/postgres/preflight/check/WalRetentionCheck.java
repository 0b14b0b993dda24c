package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;
import java.util.Optional;

/** A limit to the log that a slot keeps: without one, a verifier that stays away fills the server's disk. */
final class WalRetentionCheck implements Check {
    private static final String NAME = "wal-retention";
    private static final String SETTING = "max_slot_wal_keep_size";

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.server(), server -> List.of(judge(server)));
    }

    private static CheckResult judge(ServerFacts server) {
        Optional<String> shown = server.setting(SETTING);
        if (shown.isEmpty()) {
            return CheckResult.unknown(NAME, SETTING + " is not shown to this role");
        }
        String limit = shown.orElseThrow();
        return limit.equals("-1")
                ? CheckResult.warn(
                                NAME,
                                SETTING
                                        + " is unlimited: while the verifier is away its slot keeps log until the disk is"
                                        + " full; set it well below the free space (a lost slot costs a coverage gap, a full"
                                        + " disk the application)")
                        .with("ALTER SYSTEM SET " + SETTING + " = '50GB'; SELECT pg_reload_conf()")
                : CheckResult.pass(NAME, SETTING + " is " + limit);
    }
}
