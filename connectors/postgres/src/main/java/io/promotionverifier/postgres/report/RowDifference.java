package io.promotionverifier.postgres.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The difference of two multisets of rows. A row without counterpart is held as its fingerprint and a count; one with
 * counterpart is forgotten, so that the order of the rows does not matter and their size neither. If more would have to
 * be held than may be, nothing is held any longer. Confined to one thread.
 */
final class RowDifference {
    private static final int EXAMPLE_LENGTH = 200;
    private static final int EXAMPLES_KEPT = 2_000;

    private final int limit;
    private final boolean withExamples;
    private final Map<RowFingerprint, Long> surplus = new HashMap<>();
    private final Map<RowFingerprint, String> examples = new HashMap<>();
    private boolean overflown;

    /**
     * @param limit the most distinct rows without counterpart that are held
     * @param withExamples whether rows may be kept as text
     */
    RowDifference(int limit, boolean withExamples) {
        this.limit = limit;
        this.withExamples = withExamples;
    }

    void add(RowFingerprint fingerprint, List<Optional<String>> row, RowSide side) {
        if (overflown) {
            return;
        }
        Long total = surplus.merge(fingerprint, side == RowSide.COLUMN ? 1L : -1L, (a, b) -> a + b == 0 ? null : a + b);
        if (total == null) {
            examples.remove(fingerprint);
        } else if (surplus.size() > limit) {
            overflown = true;
            surplus.clear();
            examples.clear();
        } else if (withExamples && examples.size() < EXAMPLES_KEPT) {
            examples.putIfAbsent(fingerprint, text(row));
        }
    }

    private static String text(List<Optional<String>> row) {
        String text = row.stream().map(value -> value.orElse("NULL")).collect(Collectors.joining(" | "));
        return text.length() > EXAMPLE_LENGTH ? text.substring(0, EXAMPLE_LENGTH) + "..." : text;
    }

    /** True when more rows stood alone at some time than may be held: then nothing is known. */
    boolean isOverflown() {
        return overflown;
    }

    /** Rows without counterpart, counted as often as they stand alone. */
    long divergentRows() {
        return surplus.values().stream().mapToLong(Math::abs).sum();
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
