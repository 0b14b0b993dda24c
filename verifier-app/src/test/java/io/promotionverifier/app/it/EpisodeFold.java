package io.promotionverifier.app.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the counts and findings of one promotion must be, folded from its row versions in commit order. The rules are
 * told here a second time and share no code with the verifier. A verdict is {@code matched}, {@code absent},
 * {@code explained:REASON}, {@code unverifiable:REASON} or a kind of mismatch.
 *
 * @param <K> a row's key
 */
final class EpisodeFold<K extends Comparable<K>> {
    private final long graceMicros;
    private final Map<K, Row> rows = new HashMap<>();
    private final Map<K, Row> gone = new HashMap<>();
    private final List<Row> closing = new ArrayList<>();
    private final Set<Row> touched = new LinkedHashSet<>();
    private long transaction = -1;
    private long at;
    private long streamTime = Long.MIN_VALUE;

    /** By outcome, kind, reason and end of a finding. */
    final Map<String, Long> counts = new TreeMap<>();

    EpisodeFold(long graceMicros) {
        this.graceMicros = graceMicros;
    }

    /** A row of the table. */
    private static final class Row {
        private Optional<Long> opened = Optional.empty();
        private String kind = "";
        private Optional<String> mismatch = Optional.empty();
        private String verdict = "";
    }

    /** The next change belongs to this transaction, which committed at this time in microseconds. */
    void in(long id, long committed) {
        if (id != transaction) {
            commit();
            transaction = id;
            at = committed;
            streamTime = Math.max(streamTime, committed);
        }
    }

    void truncated() {
        add("changes");
        add("skipped");
        List.copyOf(rows.keySet()).forEach(this::remove);
    }

    void deleted(K key) {
        add("changes");
        add("skipped");
        remove(key);
    }

    /** A row was inserted or updated; an old key is that of an update. */
    void written(Optional<K> oldKey, K key, String verdict) {
        add("changes");
        Row row = arriving(oldKey.orElse(key), key);
        supersede(row);
        touched.add(row);
        row.verdict = verdict;
        if (isMismatch(verdict)) {
            row.mismatch = Optional.of(verdict);
        } else {
            String outcome = verdict.replaceFirst(":.*", "");
            add(outcome);
            if (!outcome.equals(verdict)) {
                add(verdict.substring(outcome.length() + 1));
            }
        }
    }

    static boolean isMismatch(String verdict) {
        return Character.isUpperCase(verdict.charAt(0));
    }

    private void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private void remove(K key) {
        Row row = rows.remove(key);
        if (row != null) {
            supersede(row);
            touched.remove(row);
            gone.put(key, row);
        }
    }

    private void supersede(Row row) {
        row.mismatch.ifPresent(kind -> add("superseded"));
        row.mismatch = Optional.empty();
    }

    private Row arriving(K from, K key) {
        Row row = rows.remove(from);
        Row before = gone.remove(key);
        if (row == null) {
            row = new Row();
            if (before != null) {
                row.opened = before.opened;
                row.kind = before.kind;
            }
        } else if (before != null) {
            closing.add(before);
        }
        rows.put(key, row);
        return row;
    }

    /** The transaction ended. */
    void commit() {
        for (Row row : touched) {
            if (row.mismatch.isPresent()) {
                open(row, row.mismatch.get());
            } else if (!row.verdict.startsWith("unverifiable")) {
                end(row, !row.verdict.startsWith("explained"));
            }
            row.mismatch = Optional.empty();
        }
        gone.values().forEach(row -> end(row, false));
        closing.forEach(row -> end(row, false));
        touched.clear();
        gone.clear();
        closing.clear();
    }

    private void open(Row row, String kind) {
        add("mismatched");
        add(kind);
        row.kind = kind;
        if (row.opened.isEmpty()) {
            row.opened = Optional.of(at);
            add("episodes");
        }
    }

    /** In time, by the source's clock: converged. Late, explained, or because the row is gone: resolved. */
    private void end(Row row, boolean agreed) {
        row.opened.ifPresent(opened -> add(agreed && streamTime <= opened + graceMicros ? "converged" : "resolved"));
        row.opened = Optional.empty();
    }

    /** The rows that are open, with the kind of their latest mismatched version. */
    Map<K, String> open() {
        Map<K, String> open = new TreeMap<>();
        rows.forEach((key, row) -> row.opened.ifPresent(opened -> open.put(key, row.kind)));
        return open;
    }

    /** The verdict on each row's latest version. */
    Map<K, String> latest() {
        Map<K, String> latest = new TreeMap<>();
        rows.forEach((key, row) -> latest.put(key, row.verdict));
        return latest;
    }

    long count(String what) {
        return counts.getOrDefault(what, 0L);
    }
}
