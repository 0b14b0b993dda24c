package io.promotionverifier.app.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final EpisodeFold<Long> fold;

    /** By outcome, kind and end of a finding. */
    final Map<String, Long> counts;

    /** Each change as the history must tell it, in order. */
    final List<Change> changes = new ArrayList<>();

    /** A row change. */
    record Change(long tx, String op, Optional<Long> oldKey, Optional<Long> key) {}

    private CrashOracle(CrashTable table, long graceMicros) {
        this.table = table;
        this.fold = new EpisodeFold<>(graceMicros);
        this.counts = fold.counts;
    }

    /** Folds the whole audit of a table. */
    static CrashOracle of(Source source, CrashTable table, long graceMicros) {
        CrashOracle oracle = new CrashOracle(table, graceMicros);
        try (Connection connection = source.open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROWS.formatted(table.table()))) {
            while (found.next()) {
                oracle.fold.in(found.getLong("tx"), found.getLong("at"));
                oracle.change(found);
            }
            oracle.fold.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(table.table(), e);
        }
        return oracle;
    }

    private static Optional<Long> number(ResultSet found, String column) throws SQLException {
        long value = found.getLong(column);
        return found.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private void change(ResultSet found) throws SQLException {
        Change change =
                new Change(found.getLong("tx"), found.getString("op"), number(found, "old_key"), number(found, "key"));
        boolean moved = change.op().equals("update") && !change.oldKey().equals(change.key());
        changes.add(moved ? change : new Change(change.tx(), change.op(), Optional.empty(), change.key()));
        switch (change.op()) {
            case "truncate" -> fold.truncated();
            case "delete" -> fold.deleted(change.key().orElseThrow());
            default ->
                fold.written(
                        change.oldKey(),
                        change.key().orElseThrow(),
                        verdict(
                                Optional.ofNullable(found.getString("col")),
                                Optional.ofNullable(found.getString("doc"))));
        }
    }

    private String verdict(Optional<String> column, Optional<String> document) {
        if (document.isEmpty()) {
            return column.isPresent() ? "DOCUMENT_MISSING" : "absent";
        }
        if (!table.allowed().isEmpty() && !table.allowed().contains(document.get())) {
            return "OUT_OF_DOMAIN";
        }
        if (column.isEmpty()) {
            return "COLUMN_MISSING";
        }
        return column.equals(document) ? "matched" : "VALUE_DIFFERS";
    }

    /** The keys that disagree at the end. */
    Set<Long> open() {
        return new TreeSet<>(fold.open().keySet());
    }

    long count(String what) {
        return fold.count(what);
    }
}
