package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.core.census.CensusProgress;
import io.promotionverifier.core.census.CensusState;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.StateReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Follows a census through the checkpoints: a bar for a person who watches, a line now and then for a log. */
final class ScanProgress {
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final int BAR = 24;

    private final StateReader states;
    private final Invocation invocation;
    private final Set<TableName> tables;
    private final long order;
    private long census;
    private long beginNanos;
    private long beginRows;
    private long saidNanos;

    /** @param order the number of the last order: what was begun after it was read is what is followed */
    ScanProgress(KafkaConnection connection, Invocation invocation, Set<TableName> tables, long order) {
        this.states = new StateReader(connection);
        this.invocation = invocation;
        this.tables = Set.copyOf(tables);
        this.order = order;
        saidNanos = System.nanoTime();
    }

    /**
     * Waits until the tables have been looked at.
     *
     * @return the checkpoint that says so
     * @throws CommandException if the verifier stopped meanwhile; the census goes on when it starts again
     */
    LastHead follow() {
        LastHead first = latest();
        Clock clock = Clock.systemUTC();
        long patienceNanos = System.nanoTime() + Status.STALE.toNanos();
        while (true) {
            LastHead state = latest();
            if (isDone(state.head().core())) {
                clear();
                return state;
            }
            boolean silent = state.written().plus(Status.STALE).isBefore(clock.instant());
            boolean moved = state.head().sequence() > first.head().sequence();
            if (silent && (moved || System.nanoTime() - patienceNanos > 0)) {
                throw new CommandException(
                        ExitCode.NOT_ENOUGH_EVIDENCE,
                        "the verifier has stopped: the census goes on when it starts again");
            }
            show(state.head().core().census());
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private LastHead latest() {
        return states.lastHead()
                .orElseThrow(() ->
                        new CommandException(ExitCode.BAD_CONFIGURATION, "the state is gone from Kafka meanwhile"));
    }

    private boolean isDone(CoreState core) {
        CensusState state = core.census();
        boolean waiting = state.requested().stream().anyMatch(tables::contains);
        boolean running = state.running()
                .filter(progress -> tables.contains(progress.table()))
                .isPresent();
        return core.commandsRead() > order && !waiting && !running;
    }

    private void show(CensusState state) {
        if (state.paused()) {
            say("the census is paused: send resume to go on");
        } else {
            state.running().ifPresent(this::show);
        }
    }

    private void show(CensusProgress progress) {
        if (progress.number() != census) {
            census = progress.number();
            beginNanos = System.nanoTime();
            beginRows = progress.rows();
        }
        double seconds = (System.nanoTime() - beginNanos) / 1e9;
        double rate = seconds < 1 ? 0 : (progress.rows() - beginRows) / seconds;
        String figures = figures(progress, rate);
        if (invocation.terminal().interactive()) {
            draw(bar(progress.ratio()) + " " + figures);
        } else {
            say("census of " + figures);
        }
    }

    static String bar(double ratio) {
        int full = (int) Math.round(BAR * ratio);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    /** @param rate rows a second; below 1 it says nothing yet */
    static String figures(CensusProgress progress, double rate) {
        String figures = String.format(
                Locale.ROOT, "%s %3.0f %% %,d rows", progress.table(), 100 * progress.ratio(), progress.rows());
        if (rate < 1) {
            return figures;
        }
        long left = Math.round(Math.max(0, progress.estimate() - progress.rows()) / rate);
        return figures + String.format(Locale.ROOT, ", %,.0f rows/s, %s left", rate, time(left));
    }

    private static String time(long seconds) {
        return seconds < 60 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }

    private void say(String line) {
        if (System.nanoTime() - saidNanos >= LINE_EVERY.toNanos()) {
            saidNanos = System.nanoTime();
            invocation.say(line);
        }
    }

    private void draw(String bar) {
        if (!invocation.talk().quiet()) {
            invocation.terminal().err().print("\r\u001B[K" + bar);
            invocation.terminal().err().flush();
        }
    }

    private void clear() {
        if (invocation.terminal().interactive()) {
            draw("");
        }
    }
}
