package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.benchmarks.lap.Pace;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How fast the verifier reads what was written while it was away. Four sessions do what pgbench does, as fast as the
 * server lets them: read a random row, dual-write it, commit; the server waits for its disk meanwhile, as one that is
 * in use does. Then they stop, and the verifier begins. Confined to one thread.
 */
final class CatchUp {
    private static final int SESSIONS = 4;
    private static final String READ = "SELECT metadata FROM cases WHERE id = ?";
    private static final String WRITE =
            "UPDATE cases SET metadata = jsonb_set(metadata, '{priority}', to_jsonb(?::text)),"
                    + " priority = ?, updated_at = clock_timestamp() WHERE id = ?";
    private static final double NANOS = 1e9;

    private final Scene scene;

    CatchUp(Scene scene) {
        this.scene = scene;
    }

    /**
     * What was seen.
     *
     * @param written row changes a second, by the application
     * @param read row changes a second, by the verifier
     */
    record Seen(double written, double read) {
        double ratio() {
            return read / written;
        }
    }

    /** @param outage how long the application writes alone */
    Seen measure(Duration outage) throws IOException, SQLException, InterruptedException {
        Scene.Place place = scene.placeAtEnd(List.of());
        VerifierProcess.setup(scene, place);
        try {
            scene.durable("on");
            long begin = System.nanoTime();
            long rows = write(begin + outage.toNanos());
            double seconds = (System.nanoTime() - begin) / NANOS;
            scene.durable("off");
            Pace pace = new LapRunner(scene).pace(place, rows);
            return new Seen(rows / seconds, pace.overall());
        } finally {
            scene.leave(place);
        }
    }

    private long write(long until) throws SQLException, InterruptedException {
        long ids = Long.parseLong(scene.ask("SELECT max(id) FROM cases"));
        Callable<Long> session = () -> session(ids, until);
        ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<Long>> ends = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                ends.add(sessions.submit(session));
            }
            long rows = 0;
            for (Future<Long> end : ends) {
                rows += end.get();
            }
            return rows;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the application failed", e.getCause());
        } finally {
            sessions.shutdownNow();
        }
    }

    private long session(long ids, long until) throws SQLException {
        long rows = 0;
        try (Connection connection = scene.open();
                PreparedStatement read = connection.prepareStatement(READ);
                PreparedStatement write = connection.prepareStatement(WRITE)) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < until) {
                long id = 1 + ThreadLocalRandom.current().nextLong(ids);
                read.setLong(1, id);
                read.executeQuery().close();
                String priority = id % 2 == 0 ? "low" : "high";
                write.setString(1, priority);
                write.setString(2, priority);
                write.setLong(3, id);
                rows += write.executeUpdate();
                connection.commit();
            }
        }
        return rows;
    }
}
