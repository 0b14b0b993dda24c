package io.promotionverifier.app.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a promotion's figures must be, folded from the audit that the database kept and from nothing else. The rules are
 * told here a second time and share no code with the verifier.
 */
final class CrashOracle {
    private static final String ROWS = """
            SELECT tx, op, old_key, key, col, doc,
                   (extract(epoch FROM pg_xact_commit_timestamp((tx %% 4294967296)::text::xid)) * 1000000)::bigint AS at
            FROM audit WHERE tbl = '%s' ORDER BY seq
            """;

    private final CrashTable table;
    private final long graceMicros;
    private final Map<Long, Row> rows = new HashMap<>();
    private final Map<Long, Row> gone = new HashMap<>();
    private final List<Row> closing = new ArrayList<>();
    private final Set<Row> touched = new LinkedHashSet<>();
    private long streamTime = Long.MIN_VALUE;

    /** By outcome, kind and end of a finding. */
    final Map<String, Long> counts = new TreeMap<>();

    /** Each change as the history must tell it, in order. */
    final List<Change> changes = new ArrayList<>();

    /** A row change. */
    record Change(long tx, String op, Optional<Long> oldKey, Optional<Long> key) {}

    /** A row of the table. */
    private static final class Row {
        private Optional<Long> opened = Optional.empty();
        private Optional<String> mismatch = Optional.empty();
        private boolean agrees;
    }

    private CrashOracle(CrashTable table, long graceMicros) {
        this.table = table;
        this.graceMicros = graceMicros;
    }

    /** Folds the whole audit of a table. */
    static CrashOracle of(Source source, CrashTable table, long graceMicros) {
        CrashOracle oracle = new CrashOracle(table, graceMicros);
        try (Connection connection = source.open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROWS.formatted(table.table()))) {
            long transaction = -1;
            long at = 0;
            while (found.next()) {
                if (found.getLong("tx") != transaction) {
                    oracle.commit(at);
                    transaction = found.getLong("tx");
                    at = found.getLong("at");
                    oracle.streamTime = Math.max(oracle.streamTime, at);
                }
                oracle.change(found);
            }
            oracle.commit(at);
        } catch (SQLException e) {
            throw new IllegalStateException(table.table(), e);
        }
        return oracle;
    }

    private static Optional<Long> number(ResultSet found, String column) throws SQLException {
        long value = found.getLong(column);
        return found.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private void change(ResultSet found) throws SQLException {
        Change change =
                new Change(found.getLong("tx"), found.getString("op"), number(found, "old_key"), number(found, "key"));
        boolean moved = change.op().equals("update") && !change.oldKey().equals(change.key());
        changes.add(moved ? change : new Change(change.tx(), change.op(), Optional.empty(), change.key()));
        add("changes");
        switch (change.op()) {
            case "truncate" -> {
                add("skipped");
                List.copyOf(rows.keySet()).forEach(this::remove);
            }
            case "delete" -> {
                add("skipped");
                remove(change.key().orElseThrow());
            }
            default ->
                write(
                        arriving(change),
                        Optional.ofNullable(found.getString("col")),
                        Optional.ofNullable(found.getString("doc")));
        }
    }

    private void remove(long key) {
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

    private Row arriving(Change change) {
        long key = change.key().orElseThrow();
        Row row = rows.remove(change.oldKey().orElse(key));
        Row before = gone.remove(key);
        if (row == null) {
            row = new Row();
            row.opened = before == null ? Optional.empty() : before.opened;
        } else if (before != null) {
            closing.add(before);
        }
        rows.put(key, row);
        return row;
    }

    private void write(Row row, Optional<String> column, Optional<String> document) {
        supersede(row);
        touched.add(row);
        Optional<String> kind = kind(column, document);
        row.mismatch = kind;
        row.agrees = kind.isEmpty();
        if (kind.isEmpty()) {
            add(column.isPresent() ? "matched" : "absent");
        }
    }

    private Optional<String> kind(Optional<String> column, Optional<String> document) {
        if (document.isEmpty()) {
            return column.map(value -> "DOCUMENT_MISSING");
        }
        if (!table.allowed().isEmpty() && !table.allowed().contains(document.get())) {
            return Optional.of("OUT_OF_DOMAIN");
        }
        if (column.isEmpty()) {
            return Optional.of("COLUMN_MISSING");
        }
        return column.equals(document) ? Optional.empty() : Optional.of("VALUE_DIFFERS");
    }

    private void commit(long at) {
        for (Row row : touched) {
            if (row.mismatch.isPresent()) {
                add("mismatched");
                add(row.mismatch.get());
                if (row.opened.isEmpty()) {
                    row.opened = Optional.of(at);
                    add("episodes");
                }
            } else if (row.agrees) {
                end(row, true);
            }
            row.mismatch = Optional.empty();
            row.agrees = false;
        }
        gone.values().forEach(row -> end(row, false));
        closing.forEach(row -> end(row, false));
        touched.clear();
        gone.clear();
        closing.clear();
    }

    /** In time, by the source's clock: converged. Late, or because the row is gone: resolved. */
    private void end(Row row, boolean agreed) {
        row.opened.ifPresent(opened -> add(agreed && streamTime <= opened + graceMicros ? "converged" : "resolved"));
        row.opened = Optional.empty();
    }

    /** The keys that disagree at the end. */
    Set<Long> open() {
        Set<Long> open = new TreeSet<>();
        rows.forEach((key, row) -> row.opened.ifPresent(opened -> open.add(key)));
        return open;
    }

    long count(String what) {
        return counts.getOrDefault(what, 0L);
    }
}
