package io.promotionverifier.postgres.engine;

import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.Offsets;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.StopEngineException;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.decode.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where Debezium's batches become arrivals, and where records are marked: on Debezium's polling thread only, because
 * its committer is not safe for others. Stopping is a word between two batches, so that no handler is interrupted.
 */
final class BatchRoom implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> {
    private final RecordDecoder decoder;
    private final ArrivalHandler handler;
    private final LateConfirmation<Map<String, ?>> late = new LateConfirmation<>();
    private volatile @Nullable Throwable failure;
    private volatile boolean stopping;

    BatchRoom(RecordDecoder decoder, ArrivalHandler handler) {
        this.decoder = decoder;
        this.handler = handler;
    }

    /** Lets the batch in hand end and takes no other. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** What the handler or the decoder threw. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> records, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        if (stopping) {
            throw new StopEngineException("asked to stop");
        }
        try {
            handler.onBatch(arrivals(records), late::checkpointCommitted);
        } catch (RuntimeException | Error e) {
            failure = e;
            // Not the original: Debezium repeats a retriable one without its batch, and ends well on its stop signal.
            throw new IllegalStateException("the handler failed", e);
        }
        Optional<Map<String, ?>> offset = late.take();
        if (offset.isPresent() && !records.isEmpty()) {
            mark(records.get(records.size() - 1), offset.get(), committer);
        }
    }

    private List<Arrival> arrivals(List<RecordChangeEvent<SourceRecord>> records) {
        List<Arrival> arrivals = new ArrayList<>();
        for (RecordChangeEvent<SourceRecord> batch : records) {
            for (SourceRecord record : WholeBatch.records(batch.record())) {
                Optional<Lsn> confirms = RecordDecoder.lastCommit(record);
                decoder.decode(record).ifPresent(arrivals::add);
                confirms.ifPresent(lsn -> late.shown(lsn, record.sourceOffset()));
            }
        }
        return arrivals;
    }

    /** Marks by the offset alone: keeping the records themselves would keep their documents in memory. */
    private static void mark(
            RecordChangeEvent<SourceRecord> any,
            Map<String, ?> offset,
            RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        Offsets offsets = committer.buildOffsets();
        offset.forEach(offsets::set);
        committer.markProcessed(any, offsets);
        committer.markBatchFinished();
    }
}
