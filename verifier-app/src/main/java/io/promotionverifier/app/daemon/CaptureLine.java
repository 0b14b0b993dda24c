package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.Inspection;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.kafka.publish.FailPoint;
import io.promotionverifier.postgres.engine.ArrivalHandler;
import io.promotionverifier.postgres.engine.Confirmation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line as it runs live: arrivals and commands into the core, effects and checkpoints out, in one Kafka transaction
 * each.
 *
 * <p>One lock guards the core and the publisher: the engine's thread holds it while it hands over a batch, the ticker
 * for checkpoints that fall due between batches, the command reader for commands. Whatever fails in here leaves the
 * line broken: the core is ahead of what is durable, so nothing more may be told; another line goes on from the last
 * checkpoint. While Kafka does not answer, the commit waits, and with it everyone who has something to tell: nothing is
 * read and nothing piles up.
 */
final class CaptureLine {
    private static final Duration CADENCE = Duration.ofMillis(200);
    private static final int CHANGES_PER_CHECKPOINT = 5_000;

    /** A batch of fewer has emptied the engine's queue: nothing waits behind it. */
    private static final int FULL_BATCH = 128;

    /** What was found while a slow commit ran has waited for that already: it need not wait as long once more. */
    private static final Duration LONGEST_REST = Duration.ofMillis(10);

    private static final Duration STATUS_EVERY = Duration.ofSeconds(15);

    private static final Confirmation NOBODY = watermark -> {};

    private final ReentrantLock lock = new ReentrantLock();
    private final VerifierCore core;
    private final CheckpointSink sink;
    private final LookUps lookUps;
    private final Board board;
    private final Meters meters;
    private final Clock clock;
    private final List<Effect.FindingTurned> told = new ArrayList<>();
    private Optional<RuntimeException> broken = Optional.empty();
    private Confirmation confirmation = NOBODY;
    private long stream;
    private boolean dirty;
    private boolean urgent;
    private boolean crowded;
    private int changes;
    private Instant lastCheckpoint;
    private Duration lastCommit = Duration.ZERO;
    private Instant lastStatus = Instant.EPOCH;
    private volatile Instant lastSight;
    private volatile Optional<Instant> echoed = Optional.empty();
    private volatile Optional<Instant> awaitingKafkaSince = Optional.empty();
    private boolean confirmable;

    CaptureLine(VerifierCore core, CheckpointSink sink, LookUps lookUps, Board board, Meters meters, Clock clock) {
        this.core = core;
        this.sink = sink;
        this.lookUps = lookUps;
        this.board = board;
        this.meters = meters;
        this.clock = clock;
        this.lastCheckpoint = clock.instant();
        this.lastSight = clock.instant();
    }

    /** Everything committed below it has been judged. */
    Lsn watermark() {
        lock.lock();
        try {
            return core.watermark();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody looked at the source; what it changed is told at once. */
    void inspected(Inspection inspection) {
        guarded(() -> {
            step(new Input.Inspected(inspection));
            if (urgent) {
                checkpoint();
            }
        });
    }

    /** The line begins to run, as a run of this number. */
    void begins(long run, String version) {
        guarded(() -> step(new Input.RunBegins(run, version)));
    }

    /** A new engine is about to stream from the slot's confirmed position. */
    void streamFrom(Lsn confirmed) {
        begin(confirmed, Optional.empty(), () -> {});
    }

    /**
     * The stream goes on behind a gap.
     *
     * @param loss why it does not go on where it ended
     * @param moved done before any checkpoint can hold the gap, so that none holds one without the other
     */
    void streamBehind(Lsn start, String loss, Runnable moved) {
        begin(start, Optional.of(loss), moved);
    }

    private void begin(Lsn start, Optional<String> loss, Runnable moved) {
        guarded(() -> {
            moved.run();
            step(new Input.StreamBegins(start, loss));
            lookUps.forget();
            confirmation = NOBODY;
            stream++;
        });
        lastSight = clock.instant();
    }

    /**
     * Takes what the stream shows that began last. An engine that has not let go of its last batch when another begins
     * has shown what the other will show again: that batch is dropped.
     */
    ArrivalHandler handler() {
        lock.lock();
        try {
            long ours = stream;
            return (arrivals, toBeTold) -> guarded(() -> {
                if (ours == stream) {
                    arrived(arrivals, toBeTold);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /**
     * A batch of what the source showed; checkpoints only between batches, where all that arrived is folded. A finding
     * is told at once, unless so much waits that a commit for it would hold up all the others, or the last commit was
     * just now: on a busy machine commits would take the time that the stream needs. Then the ticker tells it.
     */
    private void arrived(List<Arrival> arrivals, Confirmation toBeTold) {
        confirmation = toBeTold;
        if (confirmable) {
            FailPoint.AFTER_CONFIRMATION.passed();
            confirmable = false;
        }
        FailPoint.BEFORE_SEND.passed();
        List<Arrival> complete = lookUps.answer(core, arrivals);
        waitForKafka(clock.instant(), () -> complete.forEach(this::arrived));
        crowded = arrivals.size() >= FULL_BATCH;
        if (changes >= CHANGES_PER_CHECKPOINT || isDue()) {
            checkpoint();
        }
    }

    /** True when as much time has passed since the last commit as it took. */
    private boolean hasRested(Instant now) {
        Duration rest = lastCommit.compareTo(LONGEST_REST) < 0 ? lastCommit : LONGEST_REST;
        return !now.isBefore(lastCheckpoint.plus(rest));
    }

    private void arrived(Arrival arrival) {
        fold(new Input.Arrived(arrival));
        if (arrival instanceof Arrival.Mark) {
            return;
        }
        if (arrival instanceof Arrival.Heartbeat heartbeat) {
            echoed = Optional.of(heartbeat.time());
        }
        lastSight = clock.instant();
        dirty = true;
        changes++;
    }

    /** Takes an operator's order; it is durable when this returns. */
    void ordered(Command command) {
        guarded(() -> {
            step(new Input.Ordered(command));
            checkpoint();
        });
    }

    /** What is to be done for the census. */
    CensusAgenda census() {
        lock.lock();
        try {
            if (broken.isPresent()) {
                throw new LineBrokenException(broken.get());
            }
            return core.census();
        } finally {
            lock.unlock();
        }
    }

    /** A census begins. */
    void census(Input.CensusBegun begun) {
        guarded(() -> step(begun));
    }

    /** A census has read a chunk. */
    void census(CensusChunk chunk) {
        guarded(() -> {
            List<Arrival> asked = CensusParents.asked(chunk);
            step(new Input.CensusRead(CensusParents.answered(chunk, lookUps.answerNow(core, asked))));
        });
    }

    /** Somebody measured something; it is durable when this returns. */
    void told(Input measured) {
        guarded(() -> {
            step(measured);
            checkpoint();
        });
    }

    /** We are blind, for a reason; told at once. */
    void blind(String reason) {
        guarded(() -> {
            step(new Input.Silence(reason));
            urgent = true;
            lastStatus = Instant.EPOCH;
            checkpoint();
        });
    }

    /** Writes a checkpoint if one is due and nobody else is at it. */
    void tick() {
        if (lock.tryLock()) {
            try {
                if (broken.isEmpty() && isDue()) {
                    guarded(() -> checkpoint());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The last checkpoint before the end. */
    void finish() {
        guarded(() -> {
            lastStatus = Instant.EPOCH;
            checkpoint();
        });
    }

    /**
     * When something last came from the source, by this machine's clock: now, while a commit keeps us from looking,
     * because that silence is not the source's.
     */
    Instant lastSight() {
        return awaitingKafkaSince.isPresent() ? clock.instant() : lastSight;
    }

    /** Since when a commit has been waiting for Kafka, if one is; safe from any thread. */
    Optional<Instant> awaitingKafkaSince() {
        return awaitingKafkaSince;
    }

    /** The server's clock in the last heartbeat that came back. */
    Optional<Instant> echoed() {
        return echoed;
    }

    /** Why the line cannot go on, if so. */
    Optional<RuntimeException> broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
    }

    private void guarded(Runnable work) {
        lock.lock();
        try {
            if (broken.isPresent()) {
                throw new LineBrokenException(broken.get());
            }
            work.run();
        } catch (LineBrokenException e) {
            throw e;
        } catch (RuntimeException e) {
            broken = Optional.of(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void step(Input input) {
        waitForKafka(clock.instant(), () -> fold(input));
    }

    private void fold(Input input) {
        List<Effect> effects = core.step(input);
        if (effects.isEmpty()) {
            return;
        }
        sink.publish(effects);
        dirty = true;
        for (Effect effect : effects) {
            if (effect instanceof Effect.FindingTurned turned) {
                told.add(turned);
            } else if (effect instanceof Effect.AbortRaised || effect instanceof Effect.AbortEnded) {
                urgent = true;
                lastStatus = Instant.EPOCH;
            } else if (effect instanceof Effect.CoverageChanged changed) {
                urgent = true;
                lastStatus = Instant.EPOCH;
                CoverageLog.tell(changed);
            }
        }
    }

    private boolean isDue() {
        if (urgent) {
            return true;
        }
        Instant now = clock.instant();
        boolean cadencePassed = !now.isBefore(lastCheckpoint.plus(CADENCE));
        boolean statusDue = !now.isBefore(lastStatus.plus(STATUS_EVERY));
        boolean atOnce = !told.isEmpty() && !crowded && hasRested(now);
        return statusDue || atOnce || (dirty && cadencePassed);
    }

    private void checkpoint() {
        Instant begin = clock.instant();
        Checkpoint checkpoint = isWholeDue() ? core.wholeCheckpoint() : core.checkpoint();
        boolean statusDue = !begin.isBefore(lastStatus.plus(STATUS_EVERY));
        commit(checkpoint, statusDue, begin);
        FailPoint.AFTER_COMMIT.passed();
        confirmation.checkpointCommitted(checkpoint.state().resume().watermark());
        confirmable = true;
        Instant now = clock.instant();
        lastCheckpoint = now;
        lastCommit = Duration.between(begin, now);
        lastStatus = statusDue ? begin : lastStatus;
        dirty = false;
        urgent = false;
        changes = 0;
        board.committed(checkpoint.statuses(), now);
        meters.checkpointed(lastCommit);
        told.forEach(turned -> meters.published(turned, now));
        told.clear();
    }

    /** What a census has seen so far is in no checkpoint: none is whole before it ends. */
    private boolean isWholeDue() {
        return sink.wantsWhole() && core.census().running().isEmpty();
    }

    private void commit(Checkpoint checkpoint, boolean statusDue, Instant begin) {
        waitForKafka(begin, () -> sink.commit(checkpoint, statusDue, board.vitals()));
    }

    /** Not only a commit waits for a broker that is away: a client without metadata waits before it sends. */
    private void waitForKafka(Instant begin, Runnable work) {
        awaitingKafkaSince = Optional.of(begin);
        try {
            work.run();
        } finally {
            lastSight = committedAfterWaiting(begin) ? clock.instant() : lastSight;
            awaitingKafkaSince = Optional.empty();
        }
    }

    /** A commit that took long kept the source's signs from us: they are not late yet. */
    private boolean committedAfterWaiting(Instant begin) {
        return clock.instant().isAfter(begin.plus(STATUS_EVERY));
    }
}
