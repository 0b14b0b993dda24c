package io.promotionverifier.benchmarks.ladder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * An application that does what pgbench does, as fast as the server lets its four sessions: read a random row,
 * dual-write it, commit.
 */
final class BusyApplication {
    private static final int SESSIONS = 4;
    private static final String READ = "SELECT metadata FROM cases WHERE id = ?";
    private static final String WRITE =
            "UPDATE cases SET metadata = jsonb_set(metadata, '{priority}', to_jsonb(?::text)),"
                    + " priority = ?, updated_at = clock_timestamp() WHERE id = ?";

    private final Scene scene;
    private final long rows;

    /** @param rows the keys of the table go from 1 to this */
    BusyApplication(Scene scene, long rows) {
        this.scene = scene;
        this.rows = rows;
    }

    /** Works until it is told that this is enough; returns how many rows were written. */
    long until(BooleanSupplier enough) throws InterruptedException {
        Callable<Long> session = () -> session(enough);
        ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<Long>> ends = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                ends.add(sessions.submit(session));
            }
            long written = 0;
            for (Future<Long> end : ends) {
                written += end.get();
            }
            return written;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the application failed", e.getCause());
        } finally {
            sessions.shutdownNow();
        }
    }

    private long session(BooleanSupplier enough) throws SQLException {
        long written = 0;
        try (Connection connection = scene.open();
                PreparedStatement read = connection.prepareStatement(READ);
                PreparedStatement write = connection.prepareStatement(WRITE)) {
            connection.setAutoCommit(false);
            while (!enough.getAsBoolean()) {
                long id = 1 + ThreadLocalRandom.current().nextLong(rows);
                read.setLong(1, id);
                read.executeQuery().close();
                String priority = id % 2 == 0 ? "low" : "high";
                write.setString(1, priority);
                write.setString(2, priority);
                write.setLong(3, id);
                written += write.executeUpdate();
                connection.commit();
            }
        }
        return written;
    }
}
