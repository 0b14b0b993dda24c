package io.promotionverifier.sandbox.workload;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * One connection's line: takes the plan's next transaction, waits until it is due, runs it. Owns its thread.
 *
 * <p>The gap of a split counts from its first half's commit in real time. So a worker that cannot keep up with its plan
 * writes less, but does not leave rows split for longer.
 */
final class Worker implements Callable<Boolean> {
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Planner planner;
    private final Session session;
    private final Tally tally;
    private final DoubleSupplier faultRate;
    private final CountDownLatch stop;
    private final PriorityQueue<OpenSplit> open = new PriorityQueue<>(Comparator.comparingLong(OpenSplit::dueNanos));
    private final long originNanos = System.nanoTime();
    private long beginNanos;

    Worker(Planner planner, Session session, Tally tally, DoubleSupplier faultRate, CountDownLatch stop) {
        this.planner = planner;
        this.session = session;
        this.tally = tally;
        this.faultRate = faultRate;
        this.stop = stop;
    }

    /** A split whose first half has committed. */
    private record OpenSplit(long number, long firstNanos, long dueNanos, PlannedTransaction second) {}

    /** Runs until told to stop, then ends the open splits. A failure stops the other workers too. */
    @Override
    public Boolean call() throws SQLException, InterruptedException {
        beginNanos = now();
        try (session) {
            while (stop.getCount() > 0) {
                PlannedTransaction next = planner.next(faultRate.getAsDouble());
                if (next.split().isPresent() && next.split().get().second().isEmpty()) {
                    end(next.split().get().number());
                } else {
                    awaitTurn(dueNanos(next));
                    run(next);
                }
            }
            while (!open.isEmpty()) {
                end(open.remove());
            }
            return true;
        } finally {
            stop.countDown();
        }
    }

    private long now() {
        return System.nanoTime() - originNanos;
    }

    /** Lateness beyond the slack moves the whole plan: a worker that fell behind does not catch up in a burst. */
    private long dueNanos(PlannedTransaction next) {
        long dueNanos = beginNanos + next.offsetNanos();
        long lateNanos = now() - dueNanos;
        if (lateNanos > SLACK_NANOS) {
            beginNanos += lateNanos;
        }
        return dueNanos;
    }

    /** Waits, and ends the splits that fall due meanwhile. Returns early when told to stop. */
    private void awaitTurn(long dueNanos) throws SQLException, InterruptedException {
        while (true) {
            OpenSplit first = open.peek();
            boolean splitIsDue = first != null && first.dueNanos() <= Math.max(now(), dueNanos);
            long waitNanos = (splitIsDue ? first.dueNanos() : dueNanos) - now();
            if (stop.await(waitNanos, TimeUnit.NANOSECONDS) || !splitIsDue) {
                return;
            }
            end(open.remove());
        }
    }

    private void run(PlannedTransaction transaction) throws SQLException {
        tally.ended(transaction, session.run(transaction));
        transaction
                .split()
                .ifPresent(split -> split.second()
                        .ifPresent(second ->
                                open.add(new OpenSplit(split.number(), now(), now() + split.gapNanos(), second))));
    }

    /** The plan goes on to use the split's row: what is due up to it ends now. */
    private void end(long number) throws SQLException {
        while (open.stream().anyMatch(split -> split.number() == number)) {
            end(open.remove());
        }
    }

    private void end(OpenSplit split) throws SQLException {
        for (long wait = split.dueNanos() - now(); wait > 0; wait = split.dueNanos() - now()) {
            LockSupport.parkNanos(wait);
        }
        tally.ended(split.second(), session.run(split.second()));
        tally.splitEnded(now() - split.firstNanos());
    }
}
