package io.promotionverifier.app.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.MethodNotAllowedResponse;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.core.pipeline.Command;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The HTTP surface of CONTRACT section 5: the page, status, findings, events, metrics and health to read, orders to
 * send. Nothing changes by GET. Requests for a foreign Host are refused, so that no web page can reach it by rebinding
 * a name.
 */
public final class HttpSurface implements AutoCloseable {
    private static final String PROMOTION = "/api/v1/promotions/{id}";

    private final Javalin javalin;
    private final Board board;

    /**
     * Where it listens, and to whom.
     *
     * @param bind the address
     * @param port the port; 0 for a free one
     * @param hosts the names by which it may be called
     * @param token the bearer token of those who may change things; absent: nobody
     */
    public record Address(String bind, int port, Set<String> hosts, Optional<String> token) {
        public Address {
            hosts = Set.copyOf(hosts);
        }

        @Override
        public String toString() {
            return bind + ":" + port;
        }
    }

    /**
     * Binds and serves.
     *
     * @throws PortInUseException if someone else listens there; retrying helps when they are gone
     */
    public HttpSurface(Address address, Board board, Meters meters, StatusPages pages, OrderDesk desk) {
        this.board = board;
        Guard guard = new Guard(address.hosts(), address.token());
        OrderPages orders = new OrderPages(guard, desk);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.prefer405over404 = true;
            config.routes.before(guard::requireHost);
            machines(config, board, meters);
            people(config);
            answers(config, pages);
            config.routes.get("/api/v1/events", context -> EventStream.serve(context, board.feed()));
            config.routes.post(PROMOTION + "/abort", context -> orders.take(context, Command.Kind.RAISE));
            config.routes.post(PROMOTION + "/clear", context -> orders.take(context, Command.Kind.CLEAR));
            config.routes.post(
                    PROMOTION + "/write-latency", context -> orders.take(context, Command.Kind.WRITE_LATENCY));
            refusals(config);
        });
        try {
            javalin.start(address.bind(), address.port());
        } catch (io.javalin.util.JavalinBindException e) {
            javalin.stop();
            throw new PortInUseException(address.bind(), address.port(), e);
        }
    }

    private static void machines(JavalinConfig config, Board board, Meters meters) {
        config.routes.get("/metrics", context -> {
            String accept = Optional.ofNullable(context.header("Accept")).orElse("");
            context.result(meters.scrape(accept)).contentType(Meters.contentType(accept));
        });
        config.routes.get("/health/live", context -> health(context, "live", board.isLive(), board));
        config.routes.get("/health/started", context -> health(context, "started", board.isStarted(), board));
        config.routes.get("/health/ready", context -> {
            health(context, "ready", board.isReady(Clock.systemUTC().instant()), board);
        });
    }

    private static void people(JavalinConfig config) {
        config.routes.get("/", context -> PageFile.INDEX.serve(context));
        config.routes.get("/page.js", context -> PageFile.SCRIPT.serve(context));
        config.routes.get("/page.css", context -> PageFile.STYLE.serve(context));
    }

    private static void answers(JavalinConfig config, StatusPages pages) {
        config.routes.get("/api/v1/status", context -> json(context, Optional.of(pages.statuses())));
        config.routes.get(PROMOTION, context -> json(context, pages.status(context.pathParam("id"))));
        config.routes.get(PROMOTION + "/findings", context -> {
            json(context, pages.findings(context.pathParam("id"), FindingsQuery.of(context.queryParamMap())));
        });
        config.routes.get(GateRoute.PATH, context -> json(context, GateRoute.answer(context, pages)));
    }

    private static void refusals(JavalinConfig config) {
        config.routes.exception(RefusedException.class, HttpSurface::refuse);
        config.routes.exception(MethodNotAllowedResponse.class, (refused, context) -> {
            String allowed = String.join(", ", refused.getDetails().values());
            context.status(refused.getStatus())
                    .header("Allow", allowed)
                    .json(Map.of("error", "allowed here: " + allowed));
        });
        config.routes.exception(BadQueryException.class, (refused, context) -> {
            context.status(400).json(Map.of("error", refused.getMessage()));
        });
        config.routes.exception(UnavailableException.class, (unavailable, context) -> {
            context.status(503).json(Map.of("error", unavailable.getMessage()));
        });
    }

    private static void refuse(RefusedException refused, Context context) {
        if (refused.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(refused.status()).json(Map.of("error", refused.getMessage()));
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
            context.status(404).json(Map.of("error", "no such promotion"));
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
        board.feed().close();
        javalin.stop();
    }
}
