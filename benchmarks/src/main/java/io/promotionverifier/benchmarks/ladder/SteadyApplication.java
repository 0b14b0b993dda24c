package io.promotionverifier.benchmarks.ladder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * An application that reads and dual-writes one random row at a time, at a steady rate, and takes the time of each
 * transaction from the moment at which it was due: as {@code pgbench --rate} does, so that a server that makes it wait
 * is seen. Each client has a thread and a connection of its own.
 */
final class SteadyApplication {
    private static final int CLIENTS = 4;
    private static final int PER_SECOND = 200;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) * CLIENTS / PER_SECOND;
    private static final double NANOS = 1e9;

    private final Scene scene;
    private final long rows;

    /** @param rows the keys of the table go from 1 to this */
    SteadyApplication(Scene scene, long rows) {
        this.scene = scene;
        this.rows = rows;
    }

    /**
     * How long the transactions took.
     *
     * @param transactions how many there were
     * @param p50Seconds half of them, at most
     * @param p99Seconds all but one of a hundred, at most
     */
    record Seen(int transactions, double p50Seconds, double p99Seconds) {
        private static Seen of(double... seconds) {
            return new Seen(
                    seconds.length,
                    Spread.quantile(0.5, seconds).orElse(Double.NaN),
                    Spread.quantile(0.99, seconds).orElse(Double.NaN));
        }
    }

    /** Works until something is done. */
    Seen until(CompletableFuture<?> done) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<double[]>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(CompletableFuture.supplyAsync(() -> client(done), clients));
            }
            return Seen.of(all.stream()
                    .map(CompletableFuture::join)
                    .flatMapToDouble(Arrays::stream)
                    .toArray());
        } finally {
            clients.shutdown();
        }
    }

    private double[] client(CompletableFuture<?> done) {
        List<Double> seconds = new ArrayList<>();
        try (Connection connection = scene.open();
                PreparedStatement read = connection.prepareStatement("SELECT priority FROM cases WHERE id = ?");
                PreparedStatement write = connection.prepareStatement("UPDATE cases SET priority = 'high',"
                        + " metadata = metadata || '{\"priority\": \"high\"}' WHERE id = ?")) {
            connection.setAutoCommit(false);
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long due = System.nanoTime() + random.nextLong(INTERVAL_NANOS);
            while (!done.isDone()) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                long id = 1 + random.nextLong(rows);
                read.setLong(1, id);
                read.executeQuery().close();
                write.setLong(1, id);
                write.executeUpdate();
                connection.commit();
                seconds.add((System.nanoTime() - due) / NANOS);
                due += INTERVAL_NANOS;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the application failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return seconds.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
