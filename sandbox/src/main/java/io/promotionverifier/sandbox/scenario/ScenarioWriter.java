package io.promotionverifier.sandbox.scenario;

import io.promotionverifier.sandbox.workload.WorkloadException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An application that writes both sides of 500 cases over and over, and gets into one kind of trouble when it is told
 * to. The methods are safe from any thread.
 */
public final class ScenarioWriter implements AutoCloseable {
    private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
    private static final int GOOD_ROWS = 500;

    private final Scenario scenario;
    private final ScenarioSettings settings;
    private final Consumer<Duration> signal;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Future<Long> injected;
    private volatile boolean troubled;

    private ScenarioWriter(Scenario scenario, ScenarioSettings settings, Consumer<Duration> signal) {
        this.scenario = scenario;
        this.settings = settings;
        this.signal = signal;
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "scenario-" + scenario.label());
            made.setDaemon(true);
            return made;
        });
        this.injected = thread.submit(this::write);
        thread.shutdown();
    }

    /**
     * Begins to write, without trouble.
     *
     * @param signal hears of the application's own slow writes
     */
    public static ScenarioWriter start(Scenario scenario, ScenarioSettings settings, Consumer<Duration> signal) {
        return new ScenarioWriter(scenario, settings, signal);
    }

    /** From now on there is trouble. */
    public void trouble() {
        troubled = true;
    }

    /**
     * Ends what is half done, then the connection; returns what was injected. Calling it again gives the same answer.
     *
     * @throws WorkloadException if the server refused a statement
     */
    public long stop() {
        stop.countDown();
        try {
            return injected.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WorkloadException("Interrupted while the scenario's writer ended its writes", interrupted);
        } catch (ExecutionException failure) {
            throw new WorkloadException("The scenario's writer gave up: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Long write() throws SQLException, InterruptedException {
        try (Connection connection =
                DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password())) {
            CaseTable table = new CaseTable(connection);
            List<Long> rows = table.insertGood(GOOD_ROWS);
            Trouble trouble = Troubles.of(scenario, table, settings, signal);
            long interval = (long) (TimeUnit.SECONDS.toNanos(1) / settings.ratePerSecond());
            double due = 0;
            boolean done = false;
            for (long turn = 0; !done; turn++) {
                boolean ending = stop.await(interval, TimeUnit.NANOSECONDS);
                due = troubled && !ending ? due + settings.share() : 0;
                if (due >= 1) {
                    trouble.strike();
                    due -= 1;
                } else {
                    table.writeBoth(rows.get((int) (turn % rows.size())), PRIORITIES.get((int) (turn / 7 % 4)));
                }
                done = trouble.tend(ending) && ending;
            }
            return trouble.injected();
        }
    }
}
