package io.promotionverifier.postgres.catalog;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A fingerprint small enough for every checkpoint: for each part of what is captured a hash of what it was. Parts that
 * also change without the capture being touched are left out.
 *
 * @param parts the hashes, by the part's name
 */
public record CaptureDigest(SortedMap<String, String> parts) {
    private static final int HASH_BYTES = 8;

    public CaptureDigest {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** The digest of a fingerprint. */
    public static CaptureDigest of(CaptureFingerprint fingerprint) {
        SortedMap<String, String> parts = new TreeMap<>();
        fingerprint.withoutCatalogRows().parts().forEach((name, text) -> parts.put(name, hash(text)));
        return new CaptureDigest(parts);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One line, for a checkpoint: {@code name=hash&name=hash}, names escaped as in a query string. */
    public String text() {
        List<String> pairs = new ArrayList<>();
        parts.forEach((name, hash) -> pairs.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + hash));
        return String.join("&", pairs);
    }

    /** Reads it back; what is no digest has no parts, so that nothing can be said to have been altered since. */
    public static CaptureDigest parse(String text) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                parts.put(name, pair.substring(equals + 1));
            }
        }
        return new CaptureDigest(parts);
    }

    /** The parts that are there before and after, and are not the same. */
    public List<String> changedSince(CaptureDigest before) {
        List<String> changed = new ArrayList<>();
        parts.forEach((name, hash) -> {
            if (!before.parts.getOrDefault(name, hash).equals(hash)) {
                changed.add(name);
            }
        });
        return changed;
    }

    /** The later digest; a part that is missing there is kept, so that its return as another one is seen. */
    public CaptureDigest updated(CaptureDigest later) {
        SortedMap<String, String> merged = new TreeMap<>(parts);
        merged.putAll(later.parts);
        return new CaptureDigest(merged);
    }
}
