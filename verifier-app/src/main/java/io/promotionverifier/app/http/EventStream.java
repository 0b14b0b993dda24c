package io.promotionverifier.app.http;

import io.javalin.http.sse.SseClient;
import io.promotionverifier.app.board.EventFeed;
import java.util.Optional;

/** Server-sent events: a thread for each client, which a slow client keeps waiting and nobody else. */
final class EventStream {
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final long GLANCE_MILLIS = 500;

    private EventStream() {}

    /** Serves a client until it goes, falls behind, or the verifier ends. */
    static void serve(SseClient client, EventFeed feed) {
        Optional<EventFeed.Listener> listener = feed.listen();
        if (listener.isEmpty()) {
            client.sendComment("too many clients listen: come back later");
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(listener.orElseThrow()::close);
        client.sendComment("verifier");
        Thread thread = new Thread(() -> send(client, listener.orElseThrow()), "events");
        thread.setDaemon(true);
        thread.start();
    }

    private static void send(SseClient client, EventFeed.Listener listener) {
        try (listener) {
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
