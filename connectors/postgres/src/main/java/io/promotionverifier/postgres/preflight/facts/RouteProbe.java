package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import java.util.Optional;

/**
 * Looks for poolers and proxies between us and the server. A transaction pooler gives the process of an idle connection
 * to the next one that asks: two open connections then show one process, which PostgreSQL itself never does.
 */
final class RouteProbe {
    private final PostgresAccess access;
    private final Session session;

    RouteProbe(PostgresAccess access, Session session) {
        this.access = access;
        this.session = session;
    }

    Route look() {
        int serving = pid(session);
        boolean shared;
        try (Session second = access.openReadOnly()) {
            shared = pid(second) == serving || pid(second) == pid(session);
        }
        return new Route(session.announcedPid(), serving, shared, refusal());
    }

    private Optional<Route.Refusal> refusal() {
        try {
            access.tryReplication();
            return Optional.empty();
        } catch (SourceException e) {
            return Optional.of(new Route.Refusal(e.sqlState().orElse(""), String.valueOf(e.getMessage())));
        }
    }

    private static int pid(Session session) {
        return session.one("see which process serves us", "SELECT pg_backend_pid() AS pid", row -> row.integer("pid"));
    }
}
