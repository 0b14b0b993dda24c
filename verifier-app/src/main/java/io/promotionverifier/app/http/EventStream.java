package io.promotionverifier.app.http;

import io.javalin.http.Context;
import io.promotionverifier.app.board.EventFeed;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: each client keeps one of the server's threads, of which there are many more than clients may
 * listen, so that a slow one keeps nobody waiting. Whoever asks gets them, also without an Accept header that says so.
 */
final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final long GLANCE_MILLIS = 250;

    private EventStream() {}

    /**
     * Serves a client until it goes, falls behind, or the verifier ends.
     *
     * @throws UnavailableException if too many listen already
     */
    static void serve(Context context, EventFeed feed) {
        EventFeed.Listener listener =
                feed.listen().orElseThrow(() -> new UnavailableException("too many listen already: come back later"));
        try (listener) {
            send(context.res(), listener);
        } catch (IOException gone) {
            LOG.debug("A client of the events went: {}", gone.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpServletResponse response, EventFeed.Listener listener)
            throws IOException, InterruptedException {
        response.setStatus(200);
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("Connection", "close");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
        ServletOutputStream out = response.getOutputStream();
        write(out, ": verifier\n\n");
        long silent = 0;
        while (!listener.isLost()) {
            Optional<EventFeed.Event> event = listener.next(GLANCE_MILLIS);
            silent = event.isPresent() ? 0 : silent + GLANCE_MILLIS;
            if (event.isPresent()) {
                write(out, text(event.orElseThrow()));
            } else if (silent >= HEARTBEAT_MILLIS) {
                write(out, ": heartbeat\n\n");
                silent = 0;
            }
        }
    }

    /** Our JSON has no line breaks of its own. */
    private static String text(EventFeed.Event event) {
        return "event: " + event.type() + "\nid: " + event.id() + "\ndata: " + event.json() + "\n\n";
    }

    private static void write(ServletOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
