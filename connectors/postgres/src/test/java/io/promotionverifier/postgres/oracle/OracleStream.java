package io.promotionverifier.postgres.oracle;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.Confirmation;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the engine shows, kept no longer than until it is read; what was read is confirmed to the slot. */
final class OracleStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROOM = 20_000;

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(ROOM);
    private final CaptureEngine engine;
    private volatile Optional<Confirmation> confirmation = Optional.empty();

    OracleStream(CaptureSettings settings) {
        engine = new CaptureEngine(settings, StreamedDatabase.CLOCK, (batch, confirm) -> {
            confirmation = Optional.of(confirm);
            for (Arrival arrival : batch) {
                arrivals.put(arrival);
            }
        });
        engine.start(Lsn.ZERO);
    }

    /** The row changes before a heartbeat. */
    List<RowEvent> until(Lsn heartbeat) throws InterruptedException {
        List<RowEvent> events = new ArrayList<>();
        while (true) {
            Arrival arrival = arrivals.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                throw new IllegalStateException(
                        "nothing arrives: " + engine.completion().toCompletableFuture());
            }
            if (arrival instanceof Arrival.Row row) {
                events.add(row.event());
            } else if (arrival instanceof Arrival.Heartbeat beat && beat.lsn().compareTo(heartbeat) >= 0) {
                confirmation.orElseThrow().checkpointCommitted(beat.lsn());
                return events;
            }
        }
    }

    @Override
    public void close() {
        engine.stop(PATIENCE);
    }
}
