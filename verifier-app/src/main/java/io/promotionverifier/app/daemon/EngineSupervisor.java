package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.app.metrics.Meters.RestartCause;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.SourceFailedException;
import io.promotionverifier.postgres.access.SourceUnreachableException;
import io.promotionverifier.postgres.engine.CaptureEnd;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an engine running: starts it from the slot, notices when nothing comes back through the log, rebuilds it with a
 * growing pause, and gives up where only a person can help. Confined to the thread that runs it, but for {@link #stop}.
 */
final class EngineSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSupervisor.class);
    private static final Duration SILENCE = Duration.ofSeconds(25);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int STOPS = 4;

    private final EngineSource source;
    private final CaptureLine line;
    private final Board board;
    private final Meters meters;
    private final Clock clock;
    private final TroubleLog log;
    private Duration pause = FIRST_PAUSE;
    private boolean blindTold;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Optional<CaptureEngine> running = Optional.empty();
    private volatile Optional<String> leaving = Optional.empty();

    EngineSupervisor(EngineSource source, CaptureLine line, Board board, Meters meters, Clock clock) {
        this.source = source;
        this.line = line;
        this.board = board;
        this.meters = meters;
        this.clock = clock;
        this.log = new TroubleLog(clock);
    }

    /** Where engines come from. */
    interface EngineSource {
        /**
         * Sees that slot and publication stand and are free.
         *
         * @return the slot's confirmed position
         * @throws SourceException what is wrong
         */
        Lsn ready();

        /** A new engine, not started. */
        CaptureEngine engine();
    }

    /**
     * Runs until stopped.
     *
     * @throws EngineLostException if only a person can help
     */
    void run() throws InterruptedException {
        while (!isStopping()) {
            try {
                runOnce();
            } catch (NotSetUpException e) {
                lost(String.valueOf(e.getMessage()));
            } catch (SlotInUseException | SourceBusyException e) {
                rest(RestartCause.WAITING, String.valueOf(e.getMessage()));
            } catch (SourceUnreachableException | SourceFailedException e) {
                rest(RestartCause.CONNECTION, String.valueOf(e.getMessage()));
            }
        }
    }

    private void runOnce() throws InterruptedException {
        Lsn confirmed = source.ready();
        if (isStopping()) {
            return;
        }
        line.streamFrom(confirmed);
        CaptureEngine engine = source.engine();
        running = Optional.of(engine);
        leaving = Optional.empty();
        Instant begin = clock.instant();
        engine.start(confirmed);
        if (!log.lasts()) {
            LOG.info("Streaming from {}", confirmed);
        }
        Optional<CaptureEnd> end = watch(engine, begin);
        if (clock.instant().isAfter(begin.plus(SILENCE))) {
            pause = FIRST_PAUSE;
        }
        if (end.isEmpty()) {
            abandon(engine);
        } else if (end.get() instanceof CaptureEnd.Failed failed) {
            failed(failed);
        }
    }

    /** The engine's end; absent when it is silent, or its server leaves. */
    private Optional<CaptureEnd> watch(CaptureEngine engine, Instant begin) throws InterruptedException {
        while (true) {
            try {
                return Optional.of(
                        engine.completion().toCompletableFuture().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException running) {
                if (isSilent() || leaving.isPresent()) {
                    return Optional.empty();
                }
                seen(begin);
            } catch (ExecutionException e) {
                throw new IllegalStateException("an engine's end is never exceptional", e);
            }
        }
    }

    private boolean isSilent() {
        return clock.instant().isAfter(line.lastSight().plus(SILENCE));
    }

    private void seen(Instant begin) {
        if (board.trouble().isPresent() && line.lastSight().isAfter(begin)) {
            board.trouble(Optional.empty());
            blindTold = false;
        }
        if (clock.instant().isAfter(begin.plus(SILENCE)) && log.over()) {
            LOG.info("The source shows its changes again");
        }
    }

    private void abandon(CaptureEngine engine) throws InterruptedException {
        Optional<String> left = leaving;
        if (left.isEmpty()) {
            tellBlind("nothing came back through the log for " + SILENCE.toSeconds() + " s");
        }
        end(engine);
        rest(
                left.isPresent() ? RestartCause.WAITING : RestartCause.SILENCE,
                left.orElse("nothing came back through the log"));
    }

    /** Two engines at once would hand two streams to one line: better none. */
    private void end(CaptureEngine engine) {
        int waited = 0;
        while (waited < STOPS) {
            if (engine.stop(PATIENCE)) {
                return;
            }
            // While a commit waits for Kafka the engine cannot end, and need not: it shows nothing more.
            if (line.awaitingKafkaSince().isEmpty()) {
                waited++;
                LOG.warn("The engine does not end");
            }
        }
        throw new IllegalStateException("the engine does not end; the verifier must start again");
    }

    /** What setup made is gone: nothing is made anew in silence, and everybody who asks is told what to do. */
    private void lost(String reason) throws InterruptedException {
        tellBlind(reason);
        rest(RestartCause.NOT_SET_UP, reason);
    }

    private void failed(CaptureEnd.Failed failed) throws InterruptedException {
        line.broken().ifPresent(cause -> {
            throw cause;
        });
        if (failed.kind() == FailureKind.NOT_SET_UP) {
            lost(failed.reason() + ": if this does not pass, stop the verifier, run setup --resume to go on"
                    + " behind a recorded gap, start it again and take a census");
            return;
        }
        if (failed.kind().reaction() == FailureKind.Reaction.STOP) {
            throw new EngineLostException(failed);
        }
        RestartCause cause = failed.kind().reaction() == FailureKind.Reaction.WAIT
                ? RestartCause.WAITING
                : failed.kind() == FailureKind.CONNECTION ? RestartCause.CONNECTION : RestartCause.OTHER;
        rest(cause, failed.reason());
    }

    private void rest(RestartCause cause, String reason) throws InterruptedException {
        meters.restarted(cause);
        board.trouble(Optional.of(reason));
        if (log.tells(cause + ": " + reason)) {
            LOG.warn("The engine ended ({}): {}; a new one in {} ms, and so on", cause, reason, pause.toMillis());
        }
        if (isSilent()) {
            tellBlind(reason);
        }
        if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void tellBlind(String reason) {
        if (!blindTold) {
            blindTold = true;
            line.blind("blind: " + reason);
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** The server shuts down and waits for us to let go of it; safe from any thread. */
    void letGo(String reason) {
        leaving = Optional.of(reason);
    }

    /** Stops the engine after the batch in hand; safe from any thread. */
    void stop() {
        stop.countDown();
        running.ifPresent(engine -> engine.stop(Duration.ofSeconds(10)));
    }
}
