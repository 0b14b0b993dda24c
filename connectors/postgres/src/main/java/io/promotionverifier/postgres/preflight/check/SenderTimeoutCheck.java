package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code wal_sender_timeout}, as it holds for our role: how soon the server lets go of a peer that vanished. We answer
 * every ten seconds.
 */
final class SenderTimeoutCheck implements Check {
    private static final String NAME = "wal-sender-timeout";
    private static final String SETTING = "wal_sender_timeout";
    private static final Duration SHORTEST = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(5);

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
        OptionalLong millis = server.number(SETTING);
        if (millis.isEmpty()) {
            return CheckResult.unknown(NAME, SETTING + " is not shown to this role");
        }
        String detail = SETTING + " is " + server.setting(SETTING).orElseThrow();
        String mend = "ALTER ROLE " + SqlText.identifier(role.name()) + " SET " + SETTING + " = '60s'";
        if (millis.getAsLong() == 0) {
            return CheckResult.warn(NAME, detail + ": a verifier that vanished holds its slot until TCP gives up")
                    .with(mend);
        }
        if (millis.getAsLong() < SHORTEST.toMillis()) {
            return CheckResult.warn(NAME, detail + ": less than two of our answers, the stream is cut for nothing")
                    .with(mend);
        }
        return millis.getAsLong() > LONGEST.toMillis()
                ? CheckResult.warn(NAME, detail + ": a verifier that vanished holds its slot for so long")
                        .with(mend)
                : CheckResult.pass(NAME, detail);
    }
}
