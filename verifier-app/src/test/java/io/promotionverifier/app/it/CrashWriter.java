package io.promotionverifier.app.it;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * A session that writes all that an application may write, at about a given pace, whatever happens to the server. It
 * keeps no book: what was committed is in the audit. One thread runs it.
 */
final class CrashWriter implements Runnable {
    private static final String[] VALUES = {"low", "normal", "high", "urgent", "strange"};
    private static final Duration RECONNECT = Duration.ofMillis(200);

    /** So much of what an outage kept it from writing is written faster afterwards. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final Source source;
    private final List<CrashTable> tables;
    private final Random random;
    private final int changesPerSecond;
    private final long plenty;
    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private long nextId = 1;

    /**
     * @param plenty after so many changes it writes at a tenth of the pace, so that there is always something to lose
     */
    CrashWriter(Source source, List<CrashTable> tables, long seed, int changesPerSecond, long plenty) {
        this.source = source;
        this.tables = tables;
        this.random = new Random(seed);
        this.changesPerSecond = changesPerSecond;
        this.plenty = plenty;
    }

    /** About how many row changes were written; some were rolled back. */
    long written() {
        return written.get();
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!stopped.get()) {
            try (Connection connection = source.open();
                    Statement statement = connection.createStatement()) {
                while (!stopped.get()) {
                    long before = written.get();
                    write(connection, statement);
                    int pace = before > plenty ? changesPerSecond / 10 : changesPerSecond;
                    due = Math.max(due, System.nanoTime() - CATCH_UP.toNanos())
                            + (written.get() - before) * 1_000_000_000L / pace;
                    LockSupport.parkNanos(Math.min(due - System.nanoTime(), 1_000_000_000L));
                }
            } catch (SQLException | IllegalStateException | IOException serverWasKilled) {
                LockSupport.parkNanos(RECONNECT.toNanos());
            }
        }
    }

    private void write(Connection connection, Statement sql) throws SQLException, IOException {
        CrashTable table = tables.get(random.nextInt(tables.size()));
        String name = table.table();
        int dice = random.nextInt(1_000);
        if (dice < 10) {
            big(sql, name);
        } else if (dice < 30) {
            copy(connection, name, 500 + random.nextInt(2_000));
        } else if (dice < 80) {
            insertMany(sql, name, 100);
        } else if (dice < 95) {
            count(sql.executeUpdate(
                    "DELETE FROM " + name + " WHERE id BETWEEN " + id() + " AND " + id() + " AND id % 3 = 0"));
        } else if (dice < 97 && table == CrashTable.USERS) {
            sql.execute("TRUNCATE " + name);
            count(1);
        } else if (dice < 180) {
            together(sql, name);
        } else {
            one(sql, name);
        }
    }

    /** Thousands of rows in one transaction, a few of them wrong. */
    private void big(Statement sql, String name) throws SQLException {
        String value = value();
        long from = id();
        sql.execute("BEGIN");
        count(sql.executeUpdate("UPDATE " + name + " SET priority = '" + value
                + "', metadata = jsonb_build_object('priority', '" + value + "'::text) WHERE id BETWEEN " + from
                + " AND " + (from + 6_000)));
        count(sql.executeUpdate("UPDATE " + name + " SET priority = 'low' WHERE id BETWEEN " + from + " AND "
                + (from + 6_000) + " AND id % 97 = 0"));
        insertMany(sql, name, 2_000);
        sql.execute("COMMIT");
    }

    private void copy(Connection connection, String name, int rows) throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            String value = value();
            String column = random.nextInt(200) == 0 ? value() : value;
            text.append(nextId++)
                    .append("\t{\"priority\": \"")
                    .append(value)
                    .append("\"}\t")
                    .append(column)
                    .append('\n');
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + name + " (id, metadata, priority) FROM STDIN", new StringReader(text.toString()));
        count(rows);
    }

    private void insertMany(Statement sql, String name, int rows) throws SQLException {
        String value = VALUES[random.nextInt(4)];
        long from = nextId;
        nextId += rows;
        count(sql.executeUpdate("INSERT INTO " + name + " SELECT id, jsonb_build_object('priority', '" + value
                + "'::text), CASE WHEN id % 499 = 0 THEN 'other' ELSE '" + value + "' END FROM generate_series("
                + from + ", " + (nextId - 1) + ") id"));
    }

    /** Two statements and what may become of them. */
    private void together(Statement sql, String name) throws SQLException {
        sql.execute("BEGIN");
        one(sql, name);
        switch (random.nextInt(4)) {
            case 0 -> sql.execute("ROLLBACK");
            case 1 -> {
                sql.execute("SAVEPOINT here");
                insertMany(sql, name, 20);
                sql.execute("ROLLBACK TO SAVEPOINT here");
                one(sql, name);
                sql.execute("COMMIT");
            }
            case 2 -> {
                long id = id();
                String value = value();
                count(sql.executeUpdate(set(name, "priority = '" + value + "'", id)));
                count(sql.executeUpdate(set(name, document(value), id)));
                sql.execute("COMMIT");
            }
            default -> {
                long id = id();
                count(sql.executeUpdate("DELETE FROM " + name + " WHERE id = " + id));
                count(sql.executeUpdate("INSERT INTO " + name + " VALUES (" + id + ", '{\"priority\": \"low\"}', '"
                        + value() + "') ON CONFLICT DO NOTHING"));
                sql.execute("COMMIT");
            }
        }
    }

    private void one(Statement sql, String name) throws SQLException {
        long id = id();
        String value = value();
        String change = switch (random.nextInt(12)) {
            case 0 -> set(name, "priority = '" + value + "'", id);
            case 1 -> set(name, document(value), id);
            case 2 -> set(name, "priority = NULL", id);
            case 3 -> set(name, "priority = NULL, metadata = metadata - 'priority'", id);
            case 4 -> "DELETE FROM " + name + " WHERE id = " + id;
            case 5 -> set(name, "id = " + nextId++, id);
            case 6 -> "INSERT INTO " + name + " VALUES (" + nextId++ + ", '{\"priority\": \"high\"}', 'high')";
            default -> set(name, "priority = '" + value + "', " + document(value), id);
        };
        count(sql.executeUpdate(change));
    }

    private static String set(String name, String what, long id) {
        return "UPDATE " + name + " SET " + what + " WHERE id = " + id;
    }

    private static String document(String value) {
        return "metadata = jsonb_build_object('channel', 'email', 'priority', '" + value + "'::text)";
    }

    private String value() {
        return VALUES[random.nextInt(40) == 0 ? 4 : random.nextInt(4)];
    }

    /** Most writes meet a few rows, so that they break and heal. */
    private long id() {
        return 1L + (random.nextInt(3) > 0 ? random.nextInt(200) : random.nextInt((int) Math.max(1, nextId)));
    }

    private void count(int rows) {
        written.addAndGet(rows);
    }
}
