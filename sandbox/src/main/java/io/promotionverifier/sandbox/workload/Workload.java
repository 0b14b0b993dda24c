package io.promotionverifier.sandbox.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A running application that dual-writes the sample on several connections, with a ledger of its faults.
 *
 * <p>It expects to be the only writer of the sample. The ledger is exact: apart from open splits, the rows in it are
 * the rows that became inconsistent since the start. Safe for use by many threads.
 */
public final class Workload implements AutoCloseable {
    private final Tally tally = new Tally();
    private final CountDownLatch stop;
    private final ExecutorService threads;
    private final List<Future<Boolean>> workers = new ArrayList<>();
    private volatile double faultRate;

    private Workload(WorkloadSettings settings) {
        this.stop = new CountDownLatch(1);
        this.faultRate = settings.faultRate();
        this.threads = Executors.newFixedThreadPool(settings.connections(), task -> {
            Thread thread = new Thread(task, "workload");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the sample's rows and begins to write.
     *
     * @throws WorkloadException if the database cannot be reached or does not hold the sample
     */
    public static Workload start(WorkloadSettings settings) {
        Workload workload = new Workload(settings);
        try {
            workload.begin(settings);
            return workload;
        } catch (SQLException failure) {
            workload.stop.countDown();
            workload.threads.shutdown();
            throw new WorkloadException("The workload cannot start on " + settings.jdbcUrl(), failure);
        }
    }

    private void begin(WorkloadSettings settings) throws SQLException {
        List<Model> models;
        try (Connection connection = Session.connect(settings)) {
            models = ModelLoader.load(connection, settings.connections());
        }
        SplittableRandom random = new SplittableRandom(settings.seed());
        long intervalNanos = (long) (settings.connections() * TimeUnit.SECONDS.toNanos(1) / settings.ratePerSecond());
        for (Model model : models) {
            Session session = Session.open(settings, tally);
            Planner planner = new Planner(model, random.split(), session, intervalNanos);
            workers.add(threads.submit(new Worker(planner, session, tally, () -> faultRate, stop)));
        }
        threads.shutdown();
    }

    /**
     * Changes the share of faulty writes, from the next planned write of each connection on.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public void setFaultRate(double share) {
        WorkloadSettings.checkFaultRate(share);
        faultRate = share;
    }

    /** What was done so far, the ledger included. */
    public WorkloadSummary summary() {
        return tally.summary();
    }

    /** False once it was stopped or has failed; {@link #stop} then tells why. */
    public boolean isRunning() {
        return stop.getCount() > 0;
    }

    /**
     * Ends the open splits, at most half a second later, then the connections. Calling it again gives the same answer.
     *
     * @throws WorkloadException if a worker had to give up: the server refused a statement, or was away for 30 s
     */
    public WorkloadSummary stop() {
        stop.countDown();
        try {
            for (Future<Boolean> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WorkloadException("Interrupted while the workload ended its open splits", interrupted);
        } catch (ExecutionException failure) {
            throw new WorkloadException("The workload gave up: " + failure.getMessage(), failure);
        }
        return summary();
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
