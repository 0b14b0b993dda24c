package io.promotionverifier.postgres.heartbeat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a heartbeat carries: {@code 2025-01-16T12:00:00.123456Z} and a word that tells one sender from another.
 *
 * @param time the server's clock when it was written, to the microsecond
 * @param nonce what the sender gave: letters, digits and hyphens
 */
public record HeartbeatMessage(Instant time, String nonce) {
    /** How the server writes the time; 27 characters. */
    static final String TIME_FORMAT = "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"";

    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z) ([A-Za-z0-9-]{1,64})");

    /** The prefix of the messages of one slot: {@code verifier.<slot>}. */
    public static String prefix(String slot) {
        return "verifier." + slot;
    }

    /** Reads a message's content; absent for what we did not write. */
    public static Optional<HeartbeatMessage> parse(byte[] content) {
        return parse(new String(content, StandardCharsets.UTF_8));
    }

    /** Reads a message's content as text; absent for what we did not write. */
    public static Optional<HeartbeatMessage> parse(String content) {
        Matcher parts = FORM.matcher(content);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Instant time = DateTimeFormatter.ISO_INSTANT.parse(parts.group(1), Instant::from);
            return Optional.of(new HeartbeatMessage(time, parts.group(2)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static void requireNonce(String nonce) {
        if (!FORM.matcher("2025-01-16T00:00:00.000000Z " + nonce).matches()) {
            throw new IllegalArgumentException("a nonce is 1 to 64 of A-Z a-z 0-9 -");
        }
    }
}
