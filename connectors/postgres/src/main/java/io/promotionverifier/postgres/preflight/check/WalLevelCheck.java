package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;
import java.util.Optional;

/** {@code wal_level = logical}. */
final class WalLevelCheck implements Check {
    private static final String NAME = "wal-level";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.server(), server -> List.of(judge(server)));
    }

    private static CheckResult judge(ServerFacts server) {
        Optional<String> level = server.setting("wal_level");
        if (level.isEmpty()) {
            return CheckResult.unknown(NAME, "wal_level is not shown to this role");
        }
        String detail = "wal_level is " + level.orElseThrow();
        return level.orElseThrow().equals("logical")
                ? CheckResult.pass(NAME, detail)
                : CheckResult.refuse(NAME, detail + ", it must be logical; takes a restart")
                        .with(SettingSql.logicalDecoding(server));
    }
}
