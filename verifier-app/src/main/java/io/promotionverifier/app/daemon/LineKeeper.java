package io.promotionverifier.app.daemon;

import io.promotionverifier.app.metrics.Meters.RestartCause;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.kafka.client.BrokerUnreachableException;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.client.UnfinishedTransactionException;
import io.promotionverifier.kafka.publish.FencedException;
import io.promotionverifier.kafka.publish.PublishFailedException;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceUnreachableException;
import io.promotionverifier.sandbox.server.SandboxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a line running over every outage of Kafka: it tells of a commit that waits, and when the open transaction is
 * lost it builds the line anew from the last checkpoint, for as long as it takes. Confined to its thread but for
 * {@link #stop}.
 */
final class LineKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LineKeeper.class);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** So long the server may take to notice that our own last session has ended, and the lock with it. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    /** What the last checkpoint, taken up again, mends. Their subtypes and all else need a person. */
    private static final Set<Class<?>> MENDABLE = Set.of(
            BrokerUnreachableException.class,
            KafkaConnectorException.class,
            PublishFailedException.class,
            FencedException.class,
            UnfinishedTransactionException.class);

    /** What passes by itself while a line is built anew. */
    private static final Set<Class<?>> PASSING = Set.of(SourceUnreachableException.class, SourceBusyException.class);

    private final LineRun.Surroundings around;
    private final KafkaServer kafka;
    private final BrokerTrouble trouble;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile LineRun run;
    private long newest;

    LineKeeper(LineRun first, LineRun.Surroundings around, KafkaServer kafka) {
        this.run = first;
        this.around = around;
        this.kafka = kafka;
        this.clock = around.clock();
        this.trouble = new BrokerTrouble(around.board(), clock);
        this.newest = first.incarnation();
    }

    /**
     * Runs until stopped.
     *
     * @throws RuntimeException what ended the line, if building it anew does not help
     */
    void run() throws InterruptedException {
        while (stop.getCount() > 0) {
            CompletableFuture<Void> end = run.end().toCompletableFuture();
            try {
                end.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException running) {
                watchKafka();
            } catch (ExecutionException ended) {
                renew(ended.getCause() == null ? ended : ended.getCause());
            }
        }
    }

    private void watchKafka() {
        Optional<Instant> since = run.awaitingKafkaSince();
        if (since.isEmpty()) {
            trouble.over();
        } else if (clock.instant().isAfter(since.get().plus(SLOW_ANSWER))) {
            trouble.lasts(since.get(), "Kafka at " + around.connection().bootstrap() + " does not answer");
            revive();
        }
    }

    private void revive() {
        try {
            kafka.revive();
        } catch (SandboxException e) {
            trouble.lasts(clock.instant(), String.valueOf(e.getMessage()));
        }
    }

    private void renew(Throwable ended) throws InterruptedException {
        if (stop.getCount() == 0) {
            return;
        }
        KafkaConnectorException cause = mendable(ended).orElseThrow(() -> asRuntime(ended));
        Instant since = clock.instant();
        LOG.warn("The line ended and is built anew from the last checkpoint: {}", cause.getMessage());
        run.close();
        Duration pause = FIRST_PAUSE;
        RuntimeException why = cause;
        while (stop.getCount() > 0) {
            trouble.lasts(since, String.valueOf(why.getMessage()));
            revive();
            try {
                takeUp(cause);
                return;
            } catch (RuntimeException again) {
                requirePassing(again, since);
                why = again;
            }
            stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private void takeUp(KafkaConnectorException cause) {
        LineRun next = LineRun.restore(around);
        if (cause instanceof FencedException && next.predecessor() > newest) {
            next.close();
            throw new OvertakenException(cause);
        }
        try {
            next.begin();
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
        newest = next.incarnation();
        run = next;
        next.meters().restarted(RestartCause.BROKER);
    }

    /** Another verifier has written since, so it was no coordinator's time-out that fenced us. */
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private void requirePassing(RuntimeException failure, Instant since) {
        boolean lockLingers =
                failure instanceof SlotInUseException && clock.instant().isBefore(since.plus(LOCK_PATIENCE));
        boolean passing = !(failure instanceof OvertakenException)
                && (mendable(failure).isPresent() || PASSING.contains(failure.getClass()));
        if (!passing && !lockLingers) {
            throw failure;
        }
    }

    private static Optional<KafkaConnectorException> mendable(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof KafkaConnectorException known) {
                return MENDABLE.contains(known.getClass()) ? Optional.of(known) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    /** Goes on no more; safe from any thread. */
    void stop() {
        stop.countDown();
        run.hurry();
    }

    /** Ends the run that is on; call it when the keeper's thread has ended. */
    void close() {
        run.close();
    }
}
