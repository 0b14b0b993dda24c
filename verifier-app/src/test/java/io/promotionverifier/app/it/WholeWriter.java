package io.promotionverifier.app.it;

import io.promotionverifier.app.it.WholeTable.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * A session that does to its tables all that an application may do. It keeps no book of what it did: the audit does.
 * Only it writes these tables. One thread at a time.
 */
final class WholeWriter implements AutoCloseable {
    private static final int HOT_ROWS = 60;

    /** Ids that only an upsert or a replacement makes. */
    private static final long FIRST_ROWS = 10;

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Connection connection;
    private final Statement statement;
    private final List<WholeTable> tables;
    private final Random random;
    private final WholeRows rows;
    private final Map<WholeTable, Long> nextIds = new HashMap<>();
    private final AtomicInteger written = new AtomicInteger();
    private int nextParent = 1_000;
    private boolean insideForGood;

    WholeWriter(Source source, List<WholeTable> tables, long seed) {
        this.connection = source.open();
        this.tables = tables;
        tables.forEach(table -> nextIds.put(table, FIRST_ROWS));
        this.random = new Random(seed);
        this.rows = new WholeRows(random);
        try {
            this.statement = connection.createStatement();
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many writes of this round are done. */
    int written() {
        return written.get();
    }

    /** Makes so many writes, each of one statement or a transaction. */
    void write(int writes) {
        written.set(0);
        while (written.incrementAndGet() <= writes) {
            if (rows.oneIn(3)) {
                together();
            } else {
                one(rows.pick(tables));
            }
            if (rows.oneIn(4)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void run(String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void together() {
        run("BEGIN");
        insideForGood = false;
        if (rows.oneIn(4)) {
            run(
                    "SELECT pg_logical_emit_message(true, 'verifier.backfill', 'job'), set_config('whole.backfill', 'on', true)");
        } else if (rows.oneIn(4)) {
            run("SELECT pg_logical_emit_message(true, 'verifier.writer', 'app@1')");
        }
        WholeTable favourite = rows.pick(tables);
        for (int i = random.nextInt(5); i >= 0; i--) {
            WholeTable table = rows.oneIn(2) ? favourite : rows.pick(tables);
            if (rows.oneIn(4)) {
                inside(table);
            } else {
                one(table);
            }
        }
        run(rows.oneIn(6) ? "ROLLBACK" : "COMMIT");
    }

    private void inside(WholeTable table) {
        run("SAVEPOINT here");
        run("SELECT set_config('whole.inside', 'on', true)");
        for (int i = random.nextInt(3); i >= 0; i--) {
            one(table);
        }
        // After ROLLBACK TO the savepoint is still there: what follows is written inside of it.
        boolean back = rows.oneIn(2);
        if (back) {
            run("ROLLBACK TO SAVEPOINT here");
        }
        insideForGood |= back && rows.oneIn(2);
        if (!insideForGood) {
            run("RELEASE SAVEPOINT here");
        }
        run("SELECT set_config('whole.inside', '" + (insideForGood ? "on" : "off") + "', true)");
    }

    private void one(WholeTable table) {
        long n = hot(table);
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4 -> run(insert(table, fresh(table)));
            case 5, 6, 7 -> run(upsert(table));
            case 8, 9, 10, 11, 12 -> run(column(table) + table.where(n));
            case 13, 14, 15, 16 -> run(update(table, documentsOnly(table)) + table.where(n));
            case 17, 18, 19, 20, 21, 22, 23, 24 -> run(update(table, rows.row(table)) + table.where(n));
            case 25, 26 -> run("DELETE FROM " + table.sql() + table.where(n));
            case 27, 28 -> run(rekey(table, n, fresh(table)));
            case 29 -> replace(table, n);
            case 30 -> swap(table, n, hot(table));
            case 31, 32, 33 -> run("UPDATE " + table.sql() + " SET note = " + random.nextInt(1_000) + table.where(n));
            case 34 ->
                run(column(table) + (rows.oneIn(2) ? "" : ", note = 1") + " WHERE note % 7 = " + random.nextInt(7));
            case 35 -> copy(table, 5 + random.nextInt(60));
            case 36 -> splitWrite(table, n);
            case 37, 38 -> special(table, n);
            default -> seldom(table, n);
        }
    }

    private void seldom(WholeTable table, long n) {
        if (rows.oneIn(5)) {
            run("TRUNCATE " + table.sql());
        } else {
            swap(table, n, n + 1);
        }
    }

    private void special(WholeTable table, long n) {
        if (table.kind() == Kind.PARTITIONED) {
            run("UPDATE " + table.sql() + " SET region = (region + 1) % 3" + table.where(n));
        } else if (table.kind() == Kind.CHILD && rows.oneIn(3)) {
            run("DELETE FROM parents WHERE id IN (SELECT id FROM parents WHERE id >= 1000 ORDER BY id LIMIT 3)");
        } else if (table.kind() == Kind.CHILD) {
            String parent = Integer.toString(nextParent++);
            run("INSERT INTO parents VALUES (" + parent + ")");
            Map<String, Optional<String>> row = new LinkedHashMap<>();
            row.put("parent", Optional.of(parent));
            row.put("d", Optional.of("{\"parent\": " + parent + "}"));
            run(update(table, row) + " WHERE id BETWEEN " + n + " AND " + (n + 4));
        } else {
            run(insert(table, fresh(table)));
        }
    }

    private long fresh(WholeTable table) {
        return nextIds.merge(table, 1L, Long::sum);
    }

    /** Most writes meet a few rows, so that they break and heal. */
    private long hot(WholeTable table) {
        long most = nextIds.getOrDefault(table, FIRST_ROWS);
        long back = rows.oneIn(3) ? random.nextInt((int) most) : random.nextInt((int) Math.min(HOT_ROWS, most));
        return most - back;
    }

    private String insert(WholeTable table, long n) {
        Map<String, Optional<String>> row = rows.row(table);
        String names =
                table.key().stream().map(part -> WholeTable.quoted(part.name())).collect(Collectors.joining(", "))
                        + ", " + row.keySet().stream().map(WholeTable::quoted).collect(Collectors.joining(", "));
        String values = table.key().stream()
                        .map(part -> WholeTable.literal(part.value().apply(n)))
                        .collect(Collectors.joining(", "))
                + ", " + row.values().stream().map(WholeWriter::sql).collect(Collectors.joining(", "));
        return "INSERT INTO " + table.sql() + " (note, " + names + ") VALUES (" + n + ", " + values + ")";
    }

    private static String sql(Optional<String> value) {
        return value.map(WholeTable::literal).orElse("NULL");
    }

    /** A row may have left its first partition: only a new one is surely not there. */
    private String upsert(WholeTable table) {
        long n = table.kind() == Kind.PARTITIONED ? fresh(table) : hot(table);
        String keys =
                table.key().stream().map(part -> WholeTable.quoted(part.name())).collect(Collectors.joining(", "));
        String excluded = table.columns().keySet().stream()
                .map(column -> WholeTable.quoted(column) + " = EXCLUDED." + WholeTable.quoted(column))
                .collect(Collectors.joining(", "));
        boolean onlyColumns = table.kind() != Kind.CHILD && rows.oneIn(2);
        String documents = table.documents().stream()
                .map(document ->
                        ", " + WholeTable.quoted(document.name()) + " = EXCLUDED." + WholeTable.quoted(document.name()))
                .collect(Collectors.joining());
        return insert(table, n) + " ON CONFLICT (" + keys + ") DO "
                + (rows.oneIn(3) ? "NOTHING" : "UPDATE SET " + excluded + (onlyColumns ? "" : documents));
    }

    private static String update(WholeTable table, Map<String, Optional<String>> values) {
        return "UPDATE " + table.sql() + " SET "
                + values.entrySet().stream()
                        .map(each -> WholeTable.quoted(each.getKey()) + " = " + sql(each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** A child's column is cleared by its parent alone: whether that one is gone must not change later. */
    private String column(WholeTable table) {
        List<String> names = new ArrayList<>(table.columns().keySet());
        String name = rows.pick(names);
        WholeType type = table.columns().getOrDefault(name, WholeType.TEXT);
        Optional<String> value = table.kind() == Kind.CHILD ? Optional.of(rows.pick(type.values())) : rows.value(type);
        return update(table, Map.of(name, value));
    }

    private Map<String, Optional<String>> documentsOnly(WholeTable table) {
        Map<String, Optional<String>> columns = new LinkedHashMap<>();
        table.columns().forEach((column, type) -> columns.put(column, rows.value(type)));
        return rows.documents(table, columns);
    }

    /** The two writes of one value, in two transactions unless there is one. */
    private void splitWrite(WholeTable table, long n) {
        Map<String, Optional<String>> row = rows.row(table);
        Map<String, Optional<String>> columns = new LinkedHashMap<>();
        Map<String, Optional<String>> documents = new LinkedHashMap<>(row);
        table.columns().forEach((column, type) -> {
            columns.put(column, row.getOrDefault(column, Optional.empty()));
            documents.remove(column);
        });
        run(update(table, documents) + table.where(n));
        if (table.kind() != Kind.CHILD) {
            run(update(table, columns) + table.where(n));
        }
    }

    private static String rekey(WholeTable table, long from, long to) {
        return "UPDATE " + table.sql() + " SET "
                + table.key().stream()
                        .map(part -> WholeTable.quoted(part.name()) + " = "
                                + WholeTable.literal(part.value().apply(to)))
                        .collect(Collectors.joining(", "))
                + table.where(from);
    }

    private void replace(WholeTable table, long n) {
        atOnce("DELETE FROM " + table.sql() + table.where(n), insert(table, n));
    }

    /** Two rows change their keys, or one takes the key of a row that goes. */
    private void swap(WholeTable table, long one, long other) {
        if (one == other) {
            return;
        }
        long aside = fresh(table);
        String second = rows.oneIn(2) ? rekey(table, other, one) : "DELETE FROM " + table.sql() + table.where(other);
        atOnce(rekey(table, one, aside), second, rekey(table, aside, other));
    }

    /** In one transaction, as all statements of one message are. */
    private void atOnce(String... statements) {
        run(String.join("; ", statements));
    }

    /** An insert trigger that updates would make the audit's order another than the log's. */
    private void copy(WholeTable table, int count) {
        if (table.kind() == Kind.ECHO) {
            return;
        }
        StringBuilder text = new StringBuilder();
        List<String> names = new ArrayList<>(List.of("note"));
        table.key().forEach(part -> names.add(part.name()));
        for (int i = 0; i < count; i++) {
            long n = fresh(table);
            Map<String, Optional<String>> row = rows.row(table);
            if (i == 0) {
                names.addAll(row.keySet());
            }
            List<String> cells = new ArrayList<>(List.of(Long.toString(n)));
            table.key().forEach(part -> cells.add(cell(Optional.of(part.value().apply(n)))));
            row.values().forEach(value -> cells.add(cell(value)));
            text.append(String.join("\t", cells)).append('\n');
        }
        String columns = names.stream().map(WholeTable::quoted).collect(Collectors.joining(", "));
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table.sql() + " (" + columns + ") FROM STDIN", new StringReader(text.toString()));
        } catch (SQLException e) {
            throw new IllegalStateException(table.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(Optional<String> value) {
        return value.map(text -> text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
                .orElse("\\N");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
