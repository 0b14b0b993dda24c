package io.promotionverifier.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.EventFeed;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.command.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal of CONTRACT section 5, and what is let through. */
class HttpSurfaceIT {
    private static final String TOKEN = "s3cret-token";
    private static final String ABORT = "/api/v1/promotions/P-1/abort";
    private static final String BODY = "{\"reason\": \"the pager rang\", \"by\": \"ana\"}";

    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final Board board = new Board();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpSurface surface = surface(Optional.of(TOKEN));

    /** A desk that keeps the orders in memory. */
    private final class Desk implements OrderDesk {
        @Override
        public boolean knows(String promotion) {
            return promotion.equals("P-1");
        }

        @Override
        public long send(Order order) {
            orders.add(order);
            return orders.size() - 1L;
        }
    }

    /** Pages of a verifier without promotions. */
    private record NoPages() implements StatusPages {
        @Override
        public String statuses() {
            return "[]";
        }

        @Override
        public Optional<String> status(String promotion) {
            return Optional.empty();
        }

        @Override
        public Optional<String> gate(String promotion, Phase to) {
            return Optional.empty();
        }

        @Override
        public Optional<String> findings(String promotion, FindingsQuery query) {
            return Optional.empty();
        }
    }

    private HttpSurface surface(Optional<String> token) {
        Meters meters = new Meters(board, List.of(), "nexus", new Meters.BuildInfo("0", "0", "0", "17"));
        return new HttpSurface(
                new HttpSurface.Address("127.0.0.1", 0, Set.of("127.0.0.1"), token),
                board,
                meters,
                new NoPages(),
                new Desk());
    }

    @AfterEach
    void stop() {
        surface.close();
    }

    private Map<String, String> allowed() {
        return new TreeMap<>(Map.of("Authorization", "Bearer " + TOKEN, "Content-Type", "application/json"));
    }

    private HttpResponse<String> post(String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + surface.port() + path))
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void assertRefused(int status, Map<String, String> headers, String path, String body) {
        HttpResponse<String> answer = post(path, headers, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\"").doesNotContain(TOKEN);
        assertThat(orders).isEmpty();
    }

    private Map<String, String> with(String header, String value) {
        Map<String, String> headers = allowed();
        headers.put(header, value);
        return headers;
    }

    private Map<String, String> without(String header) {
        Map<String, String> headers = allowed();
        headers.remove(header);
        return headers;
    }

    @Test
    void anotherMethodThanTheOneThatIsMeantIs405AndNamesIt() {
        assertRefused(405, allowed(), "/api/v1/status", BODY);
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + surface.port() + ABORT))
                        .DELETE()
                        .build());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        assertThat(post("/api/v1/nothing", allowed(), BODY).statusCode()).isEqualTo(404);
    }

    @Test
    void anOrderIsTakenWithItsNumber() {
        HttpResponse<String> raised = post(ABORT, allowed(), BODY);
        HttpResponse<String> cleared =
                post("/api/v1/promotions/P-1/clear", with("Content-Type", "application/json; charset=utf-8"), BODY);

        assertThat(raised.statusCode()).isEqualTo(202);
        assertThat(raised.body()).contains("\"number\":0", "\"command\":\"raise\"");
        assertThat(cleared.statusCode()).isEqualTo(202);
        assertThat(orders)
                .containsExactly(
                        new Order(Command.Kind.RAISE, new PromotionId("P-1"), "the pager rang", "ana"),
                        new Order(Command.Kind.CLEAR, new PromotionId("P-1"), "the pager rang", "ana"));
    }

    @Test
    void aMeasuredLatencyIsTaken() {
        HttpResponse<String> answer = post(
                "/api/v1/promotions/P-1/write-latency", allowed(), "{\"p99_seconds\": 0.3, \"window_seconds\": 60}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(orders)
                .singleElement()
                .satisfies(order -> assertThat(order.latency())
                        .contains(new WriteLatency(
                                WriteLatency.Measure.P99, Duration.ofMillis(300), Duration.ofSeconds(60))));
    }

    @Test
    void whoHasNoTokenOrAWrongOneIsNotLetIn() {
        assertRefused(401, without("Authorization"), ABORT, BODY);
        assertRefused(401, with("Authorization", "Bearer "), ABORT, BODY);
        assertRefused(401, with("Authorization", "Bearer wrong"), ABORT, BODY);
        assertRefused(401, with("Authorization", "Basic " + TOKEN), ABORT, BODY);
        assertThat(post(ABORT, without("Authorization"), BODY).headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
    }

    @Test
    void withoutAConfiguredTokenNothingCanBeChanged() {
        surface.close();
        surface = surface(Optional.empty());

        assertRefused(403, with("Authorization", "Bearer "), ABORT, BODY);
        assertThat(post(ABORT, allowed(), BODY).body()).contains("auth.token");
    }

    @Test
    void anotherSiteMayNotChangeAnythingEvenWithTheToken() {
        assertRefused(403, with("Origin", "https://attacker.example"), ABORT, BODY);
        assertRefused(403, with("Origin", "null"), ABORT, BODY);
        assertRefused(403, with("Origin", "http://127.0.0.1:1"), ABORT, BODY);
        assertRefused(403, with("Sec-Fetch-Site", "cross-site"), ABORT, BODY);
        assertRefused(403, with("Sec-Fetch-Site", "same-site"), ABORT, BODY);
        assertThat(post(ABORT, with("Origin", "http://127.0.0.1:" + surface.port()), BODY)
                        .statusCode())
                .isEqualTo(202);
        assertThat(post(ABORT, with("Sec-Fetch-Site", "same-origin"), BODY).statusCode())
                .isEqualTo(202);
    }

    @Test
    void whatIsNoJsonIsRefusedByItsType() {
        assertRefused(415, without("Content-Type"), ABORT, BODY);
        assertRefused(415, with("Content-Type", "text/plain"), ABORT, BODY);
        assertRefused(415, with("Content-Type", "application/x-www-form-urlencoded"), ABORT, BODY);
    }

    @Test
    void aBodyOfMoreThan64KiBIsRefused() {
        assertRefused(413, allowed(), ABORT, BODY + " ".repeat(65_536));
        assertThat(post(ABORT, allowed(), BODY + " ".repeat(65_536 - BODY.length()))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aPromotionThatNobodyKnowsIsNotFound() {
        assertRefused(404, allowed(), "/api/v1/promotions/P-2/abort", BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"reason\": \"x\"}",
                "{\"reason\": \"\", \"by\": \"ana\"}",
                "{\"reason\": \"x\", \"by\": 7}",
                "{\"reason\": null, \"by\": \"ana\"}"
            })
    void aBodyWithoutReasonAndNameIsRefused(String body) {
        assertRefused(400, allowed(), ABORT, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"p99_seconds\": 0.3}",
                "{\"p99_seconds\": 0, \"window_seconds\": 60}",
                "{\"p99_seconds\": -1, \"window_seconds\": 60}",
                "{\"p99_seconds\": \"0.3\", \"window_seconds\": 60}",
                "{\"p99_seconds\": 1e300, \"window_seconds\": 60}",
                "{\"p99_seconds\": 0.3, \"window_seconds\": 60, \"by\": 7}"
            })
    void aLatencyThatIsNoSpanOfTimeIsRefused(String body) {
        assertRefused(400, allowed(), "/api/v1/promotions/P-1/write-latency", body);
    }

    @Test
    void aForeignHostIsRefusedForEverything() {
        assertThat(statusLine("POST", ABORT)).contains(" 421 ");
        assertThat(statusLine("GET", "/")).contains(" 421 ");
        assertThat(statusLine("GET", "/api/v1/events")).contains(" 421 ");
        assertThat(orders).isEmpty();
    }

    private String statusLine(String method, String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), surface.port())) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n"
                    + "Content-Length: 0\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingChangesByGet() {
        assertThat(get(ABORT).statusCode()).isIn(404, 405);
        assertThat(orders).isEmpty();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + surface.port() + path))
                .build());
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
        assertThat(page.body()).doesNotContain("http://", "https://", "<style", "onclick");
        for (String file : List.of("/page.js", "/page.css")) {
            assertThat(get(file).statusCode()).isEqualTo(200);
            assertThat(get(file).body()).doesNotContain("http://", "https://", "innerHTML", "eval(");
        }
    }

    @Test
    void committedEventsArriveWithTypeIdAndValueInOrder() throws Exception {
        HttpResponse<InputStream> stream = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + surface.port() + "/api/v1/events"))
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reading =
                new Thread(() -> new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines::add));
        reading.setUncaughtExceptionHandler((thread, ended) -> lines.add(": " + ended));
        reading.start();
        await().until(board.feed()::isHeard);
        board.feed().tell(List.of(new EventFeed.Event("a.v1", "id-1", "{\"x\":\"ü✓\"}"), event("b.v1", "id-2")));
        await().until(() -> lines.contains("id: id-2"));
        List<String> told = new ArrayList<>(lines);
        told.removeIf(line -> line.isEmpty() || line.startsWith(":"));
        assertThat(told).contains("event: a.v1", "id: id-1", "data: {\"x\":\"ü✓\"}", "event: b.v1", "id: id-2");
        assertThat(told.indexOf("event: a.v1")).isLessThan(told.indexOf("event: b.v1"));
        surface.close();
        reading.join(Duration.ofSeconds(10).toMillis());
        assertThat(reading.isAlive()).isFalse();
    }

    private static EventFeed.Event event(String type, String id) {
        return new EventFeed.Event(type, id, "{}");
    }
}
