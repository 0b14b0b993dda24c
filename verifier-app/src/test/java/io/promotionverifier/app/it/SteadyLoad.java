package io.promotionverifier.app.it;

import java.sql.Connection;
import java.sql.DriverManager;
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
final class SteadyLoad {
    private static final int CLIENTS = 4;
    private static final double MILLIS = 1e6;

    private final String url;
    private final String user;
    private final String password;
    private final long rows;
    private final long intervalNanos;

    /**
     * @param rows the keys of the table {@code big} go from 1 to this
     * @param ratePerSecond transactions a second of all clients together
     */
    SteadyLoad(String url, String user, String password, long rows, double ratePerSecond) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.rows = rows;
        this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) * CLIENTS / ratePerSecond);
    }

    /**
     * How long the transactions took, in milliseconds.
     *
     * @param transactions how many there were
     */
    record Seen(int transactions, double p50, double p95, double p99, double max) {
        private static Seen of(long[] nanos) {
            Arrays.sort(nanos);
            return new Seen(nanos.length, at(nanos, 0.5), at(nanos, 0.95), at(nanos, 0.99), at(nanos, 1));
        }

        private static double at(long[] sorted, double share) {
            return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / MILLIS;
        }

        @Override
        public String toString() {
            return String.format(
                    "%d transactions: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.0f ms",
                    transactions, p50, p95, p99, max);
        }
    }

    /** Works until something is done. */
    Seen until(CompletableFuture<?> done) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<long[]>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(CompletableFuture.supplyAsync(() -> client(done), clients));
            }
            return Seen.of(all.stream()
                    .map(CompletableFuture::join)
                    .flatMapToLong(Arrays::stream)
                    .toArray());
        } finally {
            clients.shutdown();
        }
    }

    private long[] client(CompletableFuture<?> done) {
        List<Long> nanos = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                PreparedStatement read = connection.prepareStatement("SELECT priority FROM big WHERE id = ?");
                PreparedStatement write = connection.prepareStatement("UPDATE big SET priority = 'high',"
                        + " metadata = metadata || '{\"priority\": \"high\"}' WHERE id = ?")) {
            connection.setAutoCommit(false);
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long due = System.nanoTime() + random.nextLong(intervalNanos);
            while (!done.isDone()) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                long id = 1 + random.nextLong(rows);
                read.setLong(1, id);
                read.executeQuery().close();
                write.setLong(1, id);
                write.executeUpdate();
                connection.commit();
                nanos.add(System.nanoTime() - due);
                due += intervalNanos;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }
}
