package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SampleTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One worker's connection, opened anew when the server goes away. Confined to the worker.
 *
 * <p>A transaction whose commit was not answered runs again: every planned statement gives the same rows when it runs
 * twice.
 */
final class Session implements IdSource, AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int BLOCK = 50;

    private final WorkloadSettings settings;
    private final Tally tally;
    private final Map<SampleTable, Deque<Long>> ids = new EnumMap<>(SampleTable.class);
    private Connection connection;

    private Session(WorkloadSettings settings, Tally tally, Connection connection) {
        this.settings = settings;
        this.tally = tally;
        this.connection = connection;
    }

    /** Work on a connection. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static Session open(WorkloadSettings settings, Tally tally) throws SQLException {
        return new Session(settings, tally, connect(settings));
    }

    static Connection connect(WorkloadSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "sample workload");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    /** Runs a transaction to its end; gives each statement's row count. */
    long[] run(PlannedTransaction transaction) throws SQLException {
        return patiently(live -> {
            boolean alone = transaction.commits() && transaction.changes().size() == 1;
            live.setAutoCommit(alone);
            long[] rowCounts = new long[transaction.changes().size()];
            for (int i = 0; i < rowCounts.length; i++) {
                rowCounts[i] = execute(live, transaction.changes().get(i));
            }
            if (!alone && transaction.commits()) {
                live.commit();
            } else if (!alone) {
                live.rollback();
            }
            return rowCounts;
        });
    }

    private static long execute(Connection live, Change change) throws SQLException {
        try (PreparedStatement statement = live.prepareStatement(change.sql())) {
            for (int i = 0; i < change.parameters().size(); i++) {
                statement.setString(i + 1, change.parameters().get(i));
            }
            return statement.executeUpdate();
        }
    }

    /** Draws keys from the table's sequence, a block at a time. */
    @Override
    public long next(SampleTable table) {
        Deque<Long> block = ids.computeIfAbsent(table, absent -> new ArrayDeque<>());
        if (block.isEmpty()) {
            try {
                patiently(live -> fill(live, table, block));
            } catch (SQLException refused) {
                throw new WorkloadException("No keys could be drawn for " + table.tableName(), refused);
            }
        }
        return block.remove();
    }

    private static boolean fill(Connection live, SampleTable table, Deque<Long> block) throws SQLException {
        live.setAutoCommit(true);
        String sql = "SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, " + BLOCK + ")";
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            statement.setString(1, table.tableName().toString());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    block.add(rows.getLong(1));
                }
            }
        }
        return true;
    }

    private <T> T patiently(Work<T> work) throws SQLException {
        long giveUpNanos = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                if (connection.isClosed()) {
                    connection = connect(settings);
                    tally.reconnected();
                }
                return work.on(connection);
            } catch (SQLException failure) {
                if (!isLoss(failure) || System.nanoTime() - giveUpNanos > 0) {
                    throw failure;
                }
                connection.close();
                LockSupport.parkNanos(BACK_OFF_NANOS);
            }
        }
    }

    /** Connection exceptions, and the server saying that it stops, starts or is full. */
    private static boolean isLoss(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("53300"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
