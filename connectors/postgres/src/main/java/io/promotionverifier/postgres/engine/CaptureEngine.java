package io.promotionverifier.postgres.engine;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.decode.HeartbeatClock;
import io.promotionverifier.postgres.decode.RecordDecoder;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Debezium's engine over a slot. Never retries by itself: after its end a new one must be made.
 *
 * <p><b>Check slot and publication before each start.</b> Debezium creates a missing slot without a word and then
 * streams from now, and it waits a minute for one that has lost its log.
 *
 * <p>{@link #start} and {@link #stop} are safe from any thread; the handler is called by the engine's own.
 */
public final class CaptureEngine {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureEngine.class);
    private static final String PROBE_SECONDS = "10";

    private final String run = UUID.randomUUID().toString();
    private final CaptureSettings settings;
    private final BatchRoom room;
    private final Properties properties;
    private final CompletableFuture<CaptureEnd> end = new CompletableFuture<>();
    private @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private boolean started;

    /**
     * @param settings what to capture
     * @param clock reads the server's clock from our messages
     * @param handler takes what arrives
     */
    public CaptureEngine(CaptureSettings settings, HeartbeatClock clock, ArrivalHandler handler) {
        UnreadableMarks marks = UnreadableMarks.random();
        RecordDecoder decoder =
                new RecordDecoder(settings.server(), settings.heartbeatPrefix(), clock, settings.tables(), marks);
        this.settings = settings;
        this.room = new BatchRoom(decoder, handler);
        this.properties = EngineProperties.of(settings, marks);
        properties.setProperty(EngineProperties.DRIVER + EngineSockets.RUN, run);
    }

    /**
     * Starts the engine and returns at once; failures show in {@link #completion}.
     *
     * @param confirmed the position that the slot had confirmed when it was looked at: what committed before it is not
     *     shown, also when a crash of the server has taken the slot back since; when somebody has advanced the slot
     *     beyond it, the engine fails; zero for wherever the slot stands
     * @throws IllegalStateException if it was started or stopped before
     */
    public synchronized void start(Lsn confirmed) {
        if (started || end.isDone()) {
            throw new IllegalStateException("an engine runs once");
        }
        started = true;
        properties.setProperty(TextConnectorTask.START, Long.toString(confirmed.value()));
        new Thread(this::run, "capture-" + settings.server()).start();
    }

    /** How the run ended; completed exactly once, never exceptionally, after Debezium has let go of its connections. */
    public CompletionStage<CaptureEnd> completion() {
        return end.copy();
    }

    /**
     * Stops the engine after the batch in hand. When half of the patience is used up, the handler is interrupted and
     * the connections are cut.
     *
     * @return true if the engine has ended; false if it still does not, as while it starts against a silent server
     */
    public boolean stop(Duration patience) {
        room.stop();
        synchronized (this) {
            if (!started) {
                end.complete(new CaptureEnd.Stopped());
            }
        }
        try {
            Duration half = patience.dividedBy(2);
            if (ended(half)) {
                return true;
            }
            new Thread(this::closeByForce, "capture-close-" + settings.server()).start();
            EngineSockets.cut(run);
            return ended(patience.minus(half));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end.isDone();
        }
    }

    private boolean ended(Duration patience) throws InterruptedException {
        try {
            end.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end is never exceptional", impossible);
        }
    }

    private void closeByForce() {
        @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> running = engine();
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (IllegalStateException | IOException e) {
            // It starts, and then ends at its first batch; or it stops already.
            LOG.debug("The engine cannot be closed now: {}", e.getMessage());
        }
    }

    private synchronized @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> engine() {
        return engine;
    }

    private void run() {
        try {
            DebeziumEngine<RecordChangeEvent<SourceRecord>> built = DebeziumEngine.create(
                            ChangeEventFormat.of(Connect.class))
                    .using(properties)
                    .using((DebeziumEngine.CompletionCallback) this::completed)
                    .notifying(room)
                    .build();
            synchronized (this) {
                engine = built;
            }
            built.run();
        } catch (RuntimeException | Error e) {
            end.complete(failed(e));
        } finally {
            EngineSockets.cut(run);
        }
        end.complete(
                new CaptureEnd.Failed(FailureKind.UNKNOWN, new IllegalStateException("Debezium ended without a word")));
    }

    private void completed(boolean success, String message, @Nullable Throwable error) {
        Optional<Throwable> handlers = room.failure();
        if (handlers.isPresent()) {
            end.complete(new CaptureEnd.Failed(FailureKind.HANDLER, handlers.get()));
        } else if (room.isStopping()) {
            end.complete(new CaptureEnd.Stopped());
        } else {
            end.complete(failed(error == null ? new IllegalStateException(message) : error));
        }
    }

    private CaptureEnd failed(Throwable error) {
        return Failures.kind(error)
                .map(kind -> new CaptureEnd.Failed(kind, error))
                .orElseGet(() -> probed(error));
    }

    /** Debezium reports a failed first connection in words only, so the server is asked once more. */
    private CaptureEnd.Failed probed(Throwable error) {
        Properties login = new Properties();
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password());
        login.setProperty("connectTimeout", PROBE_SECONDS);
        login.setProperty("loginTimeout", PROBE_SECONDS);
        try {
            DriverManager.getConnection(settings.address().url(), login).close();
            return new CaptureEnd.Failed(FailureKind.UNKNOWN, error);
        } catch (SQLException answer) {
            answer.addSuppressed(error);
            return new CaptureEnd.Failed(Failures.kind(answer).orElse(FailureKind.UNKNOWN), answer);
        }
    }
}
