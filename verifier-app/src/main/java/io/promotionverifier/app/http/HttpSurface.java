package io.promotionverifier.app.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The HTTP surface of CONTRACT section 5 as far as it exists: status, findings, metrics and health. Nothing changes by
 * GET. Requests for a foreign Host are refused (421), so that no web page can reach it by rebinding a name.
 */
public final class HttpSurface implements AutoCloseable {
    private static final int MISDIRECTED = 421;

    private final Javalin javalin;

    /**
     * Where it listens.
     *
     * @param bind the address
     * @param port the port; 0 for a free one
     * @param hosts the names by which it may be called
     */
    public record Address(String bind, int port, Set<String> hosts) {
        public Address {
            hosts = Set.copyOf(hosts);
        }
    }

    /**
     * Binds and serves.
     *
     * @throws PortInUseException if someone else listens there; retrying helps when they are gone
     */
    public HttpSurface(Address address, Board board, Meters meters, StatusPages pages) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.routes.before(context -> refuseForeignHost(context, address.hosts()));
            routes(config, board, meters, pages);
        });
        try {
            javalin.start(address.bind(), address.port());
        } catch (io.javalin.util.JavalinBindException e) {
            javalin.stop();
            throw new PortInUseException(address.bind(), address.port(), e);
        }
    }

    private static void routes(JavalinConfig config, Board board, Meters meters, StatusPages pages) {
        config.routes.get("/metrics", context -> {
            String accept = Optional.ofNullable(context.header("Accept")).orElse("");
            context.result(meters.scrape(accept)).contentType(Meters.contentType(accept));
        });
        config.routes.get("/health/live", context -> health(context, "live", board.isLive(), board));
        config.routes.get("/health/started", context -> health(context, "started", board.isStarted(), board));
        config.routes.get("/health/ready", context -> {
            health(context, "ready", board.isReady(Clock.systemUTC().instant()), board);
        });
        config.routes.get("/api/v1/status", context -> json(context, Optional.of(pages.statuses())));
        config.routes.get("/api/v1/promotions/{id}", context -> json(context, pages.status(context.pathParam("id"))));
        config.routes.get("/api/v1/promotions/{id}/findings", context -> {
            json(context, pages.findings(context.pathParam("id"), FindingsQuery.of(context.queryParamMap())));
        });
        config.routes.get(GateRoute.PATH, context -> json(context, GateRoute.answer(context, pages)));
        config.routes.exception(BadQueryException.class, (refused, context) -> {
            context.status(400).json(java.util.Map.of("error", refused.getMessage()));
        });
        config.routes.exception(UnavailableException.class, (unavailable, context) -> {
            context.status(503).json(java.util.Map.of("error", unavailable.getMessage()));
        });
    }

    private static void refuseForeignHost(Context context, Set<String> hosts) {
        String host = Optional.ofNullable(context.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        String name = host.startsWith("[")
                ? host.substring(0, host.indexOf(']') + 1)
                : host.substring(0, host.contains(":") ? host.indexOf(':') : host.length());
        if (!hosts.contains(name)) {
            context.status(MISDIRECTED)
                    .contentType(ContentType.TEXT_PLAIN)
                    .result("This is not the host you asked for. Add it to http.hosts if it should be.\n");
            context.skipRemainingHandlers();
        }
    }

    private static void health(Context context, String name, boolean up, Board board) {
        String state = up ? "UP" : "DOWN";
        String reason = board.trouble().orElse("");
        context.status(up ? 200 : 503)
                .contentType(ContentType.APPLICATION_JSON)
                .result(HealthBody.of(name, state, reason));
    }

    private static void json(Context context, Optional<String> body) {
        if (body.isEmpty()) {
            context.status(404).json(java.util.Map.of("error", "no such promotion"));
            return;
        }
        context.contentType(ContentType.APPLICATION_JSON).result(body.get());
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
