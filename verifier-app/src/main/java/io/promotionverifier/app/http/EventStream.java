package io.promotionverifier.app.http;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.promotionverifier.app.board.EventFeed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events: a thread for each client, which a slow client keeps waiting and nobody else. Whoever asks gets
 * them, also without an Accept header that says so.
 */
final class EventStream {
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final long GLANCE_MILLIS = 500;

    private EventStream() {}

    /**
     * Serves a client until it goes, falls behind, or the verifier ends.
     *
     * @throws UnavailableException if too many listen already
     */
    static void serve(Context context, EventFeed feed) {
        EventFeed.Listener listener = feed.listen()
                .orElseThrow(() -> new UnavailableException("too many listen already: come back later"));
        begin(context, listener);
        context.async(() -> send(new SseClient(context), listener));
    }

    private static void begin(Context context, EventFeed.Listener listener) {
        HttpServletResponse response = context.res();
        response.setStatus(200);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentType("text/event-stream");
        response.setHeader("Connection", "close");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            response.flushBuffer();
        } catch (IOException gone) {
            listener.close();
            throw new UncheckedIOException("the client went", gone);
        }
    }

    private static void send(SseClient client, EventFeed.Listener listener) throws InterruptedException {
        try (listener) {
            client.sendComment("verifier");
            long silent = 0;
            while (!client.terminated() && !listener.isLost()) {
                Optional<EventFeed.Event> event = listener.next(GLANCE_MILLIS);
                silent = event.isPresent() ? 0 : silent + GLANCE_MILLIS;
                event.ifPresent(told -> client.sendEvent(told.type(), ascii(told.json()), told.id()));
                if (silent >= HEARTBEAT_MILLIS) {
                    client.sendComment("heartbeat");
                    silent = 0;
                }
            }
        } finally {
            client.close();
        }
    }

    /** The stream is written byte by byte, whatever its charset: in JSON every other character has an escape. */
    private static String ascii(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.chars().forEach(unit -> {
            if (unit < 0x7f) {
                escaped.append((char) unit);
            } else {
                escaped.append(String.format("\\u%04x", unit));
            }
        });
        return escaped.toString();
    }
}
