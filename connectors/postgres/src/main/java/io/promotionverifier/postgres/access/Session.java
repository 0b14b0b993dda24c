package io.promotionverifier.postgres.access;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/**
 * One connection, each statement its own transaction. The search path holds {@code pg_catalog} only, so that no object
 * of the application can stand in for the server's own and types print with their schema. Confined to one thread.
 */
public final class Session implements AutoCloseable {
    /** How long a statement waits for a lock before it gives up rather than queue in front of the application. */
    public static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private static final String LOST_PEER = """
            SELECT set_config('tcp_keepalives_idle', '10', false) AS idle,
                   set_config('tcp_keepalives_interval', '5', false),
                   set_config('tcp_keepalives_count', '3', false),
                   set_config('tcp_user_timeout', '25000', false)
            """;

    /** Row level security becomes an error instead of rows that are not there; we end our idle sessions ourselves. */
    private static final String OUR_OWN_RULES = """
            SELECT set_config('row_security', 'off', false) AS row_security,
                   set_config('idle_session_timeout', '0', false)
            """;

    private final Connection connection;

    private Session(Connection connection) {
        this.connection = connection;
    }

    static Session begin(Connection connection, Duration statementTimeout, boolean readOnly) {
        Session session = new Session(connection);
        try {
            session.set("search_path", "pg_catalog");
            session.noticeALostPeer();
            session.one("prepare the session", OUR_OWN_RULES, row -> row.text("row_security"));
            session.set("default_transaction_read_only", readOnly ? "on" : "off");
            session.lockTimeout(LOCK_PATIENCE);
            session.statementTimeout(statementTimeout);
            return session;
        } catch (SourceException e) {
            session.close();
            throw e;
        }
    }

    /** The server ends a session whose peer no longer answers within half a minute, and what it held is free. */
    private void noticeALostPeer() {
        one("prepare the session", LOST_PEER, row -> row.text("idle"));
    }

    /** Lets the server end this session when we have asked nothing for so long. */
    public void idleTimeout(Duration limit) {
        set("idle_session_timeout", limit.toMillis() + "ms");
    }

    /** Sets how long each further statement may take on the server. */
    public void statementTimeout(Duration limit) {
        set("statement_timeout", limit.toMillis() + "ms");
    }

    /** Sets how long each further statement may wait for a lock, or for the end of another transaction. */
    public void lockTimeout(Duration limit) {
        set("lock_timeout", limit.toMillis() + "ms");
    }

    /**
     * The server process that was announced when the connection was opened. Another one that answers means that
     * something stands between us and the server.
     */
    public int announcedPid() {
        try {
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw SourceFailures.of("see which process serves us", e);
        }
    }

    private void set(String name, String value) {
        list("prepare the session", "SELECT set_config(?, ?, false)", row -> value, name, value);
    }

    /**
     * Runs a query and reads every row.
     *
     * @param purpose what it is for, as in "cannot ...": {@code read the slot}
     * @param binds strings, integers, longs, or lists of strings (text[]) or longs (int8[])
     */
    public <T> List<T> list(String purpose, String sql, RowReader<T> reader, Object... binds) {
        try {
            return list(sql, 0, reader, binds);
        } catch (SQLException e) {
            throw SourceFailures.of(purpose, e);
        }
    }

    /**
     * Runs a query as {@link #list} does, but lets only some rows travel at a time: for rows that are large and of
     * which the reader keeps little. The query runs in the open transaction, or in one of its own.
     *
     * @param rowsAtOnce how many, at least one
     */
    public <T> List<T> listGradually(String purpose, String sql, int rowsAtOnce, RowReader<T> reader, Object... binds) {
        return inTransaction(purpose, () -> list(sql, rowsAtOnce, reader, binds));
    }

    /** What is done in a transaction, and may fail as the driver fails. */
    private interface Work<T> {
        T done() throws SQLException;
    }

    /** In the open transaction, or in one of its own; we only read, so there is nothing to commit. */
    private <T> T inTransaction(String purpose, Work<T> work) {
        try {
            if (!connection.getAutoCommit()) {
                return work.done();
            }
            connection.setAutoCommit(false);
            try {
                return work.done();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw SourceFailures.of(purpose, e);
        }
    }

    private <T> List<T> list(String sql, int rowsAtOnce, RowReader<T> reader, Object... binds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(rowsAtOnce);
            for (int i = 0; i < binds.length; i++) {
                bind(statement, i + 1, binds[i]);
            }
            try (ResultSet answer = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                Row row = new Row(answer);
                while (answer.next()) {
                    values.add(reader.read(row));
                }
                return values;
            }
        }
    }

    /** Runs a query and reads its first row, if there is one. */
    public <T> Optional<T> first(String purpose, String sql, RowReader<T> reader, Object... binds) {
        return list(purpose, sql, reader, binds).stream().findFirst();
    }

    /** Runs a query that always answers with one row. */
    public <T> T one(String purpose, String sql, RowReader<T> reader, Object... binds) {
        return first(purpose, sql, reader, binds)
                .orElseThrow(
                        () -> new SourceFailedException("cannot " + purpose + ": the server answered with no row"));
    }

    /** Runs one statement as it is; what it returns is dropped. */
    public void run(String purpose, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw SourceFailures.of(purpose, e);
        }
    }

    private void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof List) {
            statement.setArray(index, array((List<?>) value));
        } else {
            statement.setObject(index, value);
        }
    }

    private Array array(List<?> values) throws SQLException {
        boolean numbers = values.stream().allMatch(Long.class::isInstance) && !values.isEmpty();
        return connection.createArrayOf(numbers ? "int8" : "text", values.toArray());
    }

    /**
     * Reads in one snapshot: a REPEATABLE READ, READ ONLY transaction that ends with the call, whatever it was asked.
     *
     * @param purpose what it is for, as in "cannot ...": {@code read the report}
     */
    public <T> T inOneSnapshot(String purpose, Function<Snapshot, T> reader) {
        return inTransaction(purpose, () -> reader.apply(Snapshot.begin(purpose, connection)));
    }

    /**
     * Asks several questions of this session in one REPEATABLE READ, READ ONLY transaction, which ends with the call;
     * the first question takes the snapshot.
     *
     * @param purpose what it is for, as in "cannot ...": {@code read a chunk}
     */
    public <T> T inReadOnlyTransaction(String purpose, Supplier<T> work) {
        return inTransaction(purpose, () -> {
            run(purpose, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return work.get();
        });
    }

    /** Drops the connection at once, whatever is being asked over it; safe from any thread. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw SourceFailures.of("drop a connection", e);
        }
    }

    /** Closes the connection; a failure to say goodbye changes nothing for us and is not reported. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server ends the session by itself when the socket is gone.
            return;
        }
    }
}
