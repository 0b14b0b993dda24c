package io.promotionverifier.app.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask: a known host for everything; for what changes things, no foreign page, the token, and JSON of a bounded
 * size besides. Each refusal has its status. Stateless but for its settings.
 */
final class Guard {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int NOT_JSON = 415;
    private static final int MISDIRECTED = 421;

    private final Set<String> hosts;
    private final Optional<byte[]> token;

    Guard(Set<String> hosts, Optional<String> token) {
        this.hosts = Set.copyOf(hosts);
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses foreign names, so that no web page can reach us by rebinding one. */
    void requireHost(Context context) {
        if (!hosts.contains(name(header(context, "Host")))) {
            throw new RefusedException(
                    MISDIRECTED, "This is not the host you asked for. Add it to http.hosts if it should be.");
        }
    }

    private static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return lower.substring(0, lower.indexOf(']') + 1);
        }
        return lower.contains(":") ? lower.substring(0, lower.indexOf(':')) : lower;
    }

    /** Refuses whoever may not change things. */
    void requireAuthority(Context context) {
        requireOwnOrigin(context);
        if (token.isEmpty()) {
            throw new RefusedException(
                    FORBIDDEN, "Nothing can be changed over HTTP: auth.token is not configured. Use the command line.");
        }
        requireToken(header(context, "Authorization"), token.orElseThrow());
    }

    /** A browser says where a request comes from; other clients say nothing. */
    private static void requireOwnOrigin(Context context) {
        String site = header(context, "Sec-Fetch-Site");
        String origin = header(context, "Origin");
        boolean foreignSite = !site.isEmpty() && !site.equals("same-origin") && !site.equals("none");
        if (foreignSite || (!origin.isEmpty() && !isOwn(origin, header(context, "Host")))) {
            throw new RefusedException(FORBIDDEN, "Another site may not change anything here.");
        }
    }

    private static boolean isOwn(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The time that the comparison takes tells nothing of the token. */
    private static void requireToken(String authorization, byte[] token) {
        String[] parts = authorization.split(" ", 2);
        boolean bearer = parts.length == 2 && parts[0].equalsIgnoreCase("Bearer");
        byte[] given = (bearer ? parts[1].strip() : "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, token) || !bearer) {
            throw new RefusedException(UNAUTHORIZED, "The bearer token is missing or wrong.");
        }
    }

    /** The body, which says that it is JSON and is small. */
    byte[] requireJson(Context context) {
        String type = header(context, "Content-Type").toLowerCase(Locale.ROOT);
        String media = (type.contains(";") ? type.substring(0, type.indexOf(';')) : type).strip();
        if (!media.equals("application/json")) {
            throw new RefusedException(NOT_JSON, "The body must be JSON: Content-Type: application/json.");
        }
        byte[] body = read(context);
        if (body.length > LARGEST_BODY) {
            throw new RefusedException(TOO_LARGE, "The body may have " + LARGEST_BODY + " bytes.");
        }
        return body;
    }

    private static byte[] read(Context context) {
        try (InputStream body = context.bodyInputStream()) {
            return body.readNBytes(LARGEST_BODY + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("the body ended early", e);
        }
    }

    private static String header(Context context, String name) {
        return Optional.ofNullable(context.header(name)).orElse("");
    }
}
