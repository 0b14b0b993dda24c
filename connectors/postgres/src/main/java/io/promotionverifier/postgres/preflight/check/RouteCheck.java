package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.Route;
import java.util.List;

/**
 * We reach the server itself: sessions last, and a replication connection is answered. A pooler hands a session's
 * process to others, and the lock and the settings with it.
 */
final class RouteCheck implements Check {
    private static final String NAME = "direct-connection";
    private static final String TOO_MANY = "53300";
    private static final String NO_PRIVILEGE = "42501";

    /** A pooler's answer to what only the server understands; the message says so. */
    private static final String NOT_UNDERSTOOD = "08P01";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(NAME, facts.route(), route -> List.of(judge(route)));
    }

    private static CheckResult judge(Route route) {
        if (route.shared()) {
            return CheckResult.refuse(
                    NAME,
                    "two connections of ours share server process " + route.serving()
                            + ": a transaction pooler stands in between; name PostgreSQL's own host and port in"
                            + " source.url");
        }
        if (route.refusal().isPresent()) {
            return refused(route.refusal().orElseThrow());
        }
        return route.announced() == route.serving()
                ? CheckResult.pass(NAME, "the server itself answers, a replication connection too")
                : CheckResult.warn(
                        NAME,
                        "process " + route.announced() + " was announced, process " + route.serving()
                                + " answers: a proxy or session pooler stands in between, which may cut connections that"
                                + " must last for weeks; name PostgreSQL's own host if it has one");
    }

    private static CheckResult refused(Route.Refusal refusal) {
        return switch (refusal.sqlState()) {
            case TOO_MANY -> CheckResult.unknown(NAME, "no process is free to try it: see free-wal-senders");
            case NO_PRIVILEGE -> CheckResult.unknown(NAME, "the role may not try it: see replication-role");
            case NOT_UNDERSTOOD -> CheckResult.refuse(NAME, refusal.message());
            default ->
                CheckResult.refuse(
                        NAME,
                        refusal.message()
                                + ": pg_hba.conf lets no replication connection of ours in, or a proxy does not carry"
                                + " them");
        };
    }
}
