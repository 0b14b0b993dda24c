package io.promotionverifier.postgres.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The difference of two multisets of rows. A row without counterpart is held as 128 bits of its SHA-256 and a count;
 * one with counterpart is forgotten, so that the order of the rows does not matter and their size neither.
 */
final class RowDifference {
    private static final int EXAMPLE_LENGTH = 200;
    private static final int EXAMPLES_KEPT = 10_000;

    private final int limit;
    private final boolean withExamples;
    private final MessageDigest digest = sha256();
    private final Map<Fingerprint, Long> surplus = new HashMap<>();
    private final Map<Fingerprint, String> examples = new HashMap<>();
    private long left;
    private long right;

    private record Fingerprint(long high, long low) {}

    /**
     * @param limit the most distinct rows without counterpart that are held
     * @param withExamples whether rows may be kept as text
     */
    RowDifference(int limit, boolean withExamples) {
        this.limit = limit;
        this.withExamples = withExamples;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void left(List<Optional<String>> row) {
        left++;
        add(row, 1);
    }

    void right(List<Optional<String>> row) {
        right++;
        add(row, -1);
    }

    private void add(List<Optional<String>> row, long count) {
        Fingerprint fingerprint = fingerprint(row);
        Long total = surplus.merge(fingerprint, count, (a, b) -> a + b == 0 ? null : a + b);
        if (total == null) {
            examples.remove(fingerprint);
        } else if (surplus.size() > limit) {
            throw new ReportTooLargeException(limit);
        } else if (withExamples && examples.size() < EXAMPLES_KEPT) {
            examples.putIfAbsent(fingerprint, text(row));
        }
    }

    private static String text(List<Optional<String>> row) {
        String text = row.stream().map(value -> value.orElse("NULL")).collect(Collectors.joining(" | "));
        return text.length() > EXAMPLE_LENGTH ? text.substring(0, EXAMPLE_LENGTH) + "..." : text;
    }

    /** Each value stands with its length, so that no two rows read alike. */
    private Fingerprint fingerprint(List<Optional<String>> row) {
        for (Optional<String> value : row) {
            byte[] bytes =
                    value.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> new byte[0]);
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(value.isPresent() ? bytes.length : -1)
                    .flip());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    /** Rows without counterpart, counted as often as they stand alone. */
    long divergentRows() {
        return surplus.values().stream().mapToLong(Math::abs).sum();
    }

    /** Rows of the larger side. */
    long rows() {
        return Math.max(left, right);
    }

    /** A few rows without counterpart, each with the side that has more of it. */
    List<String> examples(int most) {
        return examples.entrySet().stream()
                .limit(most)
                .map(entry -> (surplus.getOrDefault(entry.getKey(), 0L) > 0 ? "column only: " : "document only: ")
                        + entry.getValue())
                .toList();
    }
}
