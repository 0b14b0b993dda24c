package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.stream.Arrival;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An engine and all that it has shown. */
public final class Shown implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final CaptureEngine engine;
    private volatile Optional<Confirmation> confirmation = Optional.empty();

    /** Starts an engine from wherever the slot stands. */
    public Shown(CaptureSettings settings) {
        this(settings, Lsn.ZERO);
    }

    /** Starts an engine from where the slot stood. */
    Shown(CaptureSettings settings, Lsn confirmed) {
        engine = new CaptureEngine(settings, StreamedDatabase.CLOCK, (batch, confirm) -> {
            arrivals.addAll(batch);
            confirmation = Optional.of(confirm);
        });
        engine.start(confirmed);
    }

    /** Waits until everything before this position has been shown. */
    public void await(Lsn position) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> {
            assertThat(engine.completion().toCompletableFuture()).isNotDone();
            return watermark().compareTo(position) >= 0;
        });
    }

    /** The greatest last commit shown. */
    public Lsn watermark() {
        return arrivals.stream()
                .flatMap(arrival -> arrival.lastCommit().stream())
                .reduce(Lsn.ZERO, Lsn::max);
    }

    /** Tells the engine that a checkpoint with this watermark is durable. */
    public void checkpoint(Lsn watermark) {
        confirmation.orElseThrow().checkpointCommitted(watermark);
    }

    /** All arrivals so far. */
    public List<Arrival> arrivals() {
        return arrivals;
    }

    /** The rows so far. */
    public List<Arrival.Row> rows() {
        return arrivals.stream()
                .filter(Arrival.Row.class::isInstance)
                .map(Arrival.Row.class::cast)
                .toList();
    }

    /** What happened to a table of schema public so far. */
    public List<RowEvent> events(String table) {
        TableName name = new TableName("public", table);
        return rows().stream()
                .map(Arrival.Row::event)
                .filter(event -> event.table().equals(name))
                .toList();
    }

    /** The heartbeats so far. */
    public List<Arrival.Heartbeat> heartbeats() {
        return arrivals.stream()
                .filter(Arrival.Heartbeat.class::isInstance)
                .map(Arrival.Heartbeat.class::cast)
                .toList();
    }

    /** How the engine ended. */
    public CaptureEnd end() {
        return engine.completion()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Stops the engine, which must end well. */
    @Override
    public void close() {
        assertThat(engine.stop(PATIENCE)).isTrue();
        assertThat(end()).isEqualTo(new CaptureEnd.Stopped());
    }
}
