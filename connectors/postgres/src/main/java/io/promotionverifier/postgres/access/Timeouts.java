package io.promotionverifier.postgres.access;

import java.time.Duration;

/**
 * How long a session waits. Whole seconds for connect and socket, as pgjdbc counts them; at least one.
 *
 * @param connect until a connection stands
 * @param socket for any answer of the server; longer than {@code statement}, or the server never gets to say no
 * @param statement until the server cancels a statement
 */
public record Timeouts(Duration connect, Duration socket, Duration statement) {
    /** For short catalog queries. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20));

    public Timeouts {
        if (connect.toSeconds() < 1 || socket.toSeconds() < 1 || statement.toMillis() < 1) {
            throw new IllegalArgumentException("time-outs are at least a second, a statement's at least a millisecond");
        }
    }
}
