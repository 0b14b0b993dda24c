package io.promotionverifier.postgres.engine;

import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A batch that travels through Debezium's engine as one record, at the place of its last. The engine hands each record
 * to a pool of threads for transformations, of which there are none, and waits for it
 * ({@code ParallelSmtAndConvertBatchProcessor} of 3.6.1); see ADR 0027. Debezium's own count of records sent is one of
 * batches, and it sees no change that would make it begin its retries anew: we allow none. Stateless.
 */
final class WholeBatch {
    /** Nobody reads it. */
    private static final String TOPIC = "batch";

    private WholeBatch() {}

    /** One record for all of them; none for none. */
    static List<SourceRecord> of(List<SourceRecord> records) {
        if (records.isEmpty()) {
            return records;
        }
        SourceRecord last = records.get(records.size() - 1);
        return List.of(new SourceRecord(last.sourcePartition(), last.sourceOffset(), TOPIC, null, records));
    }

    /** The records that it was made of, in their order. */
    @SuppressWarnings("unchecked")
    static List<SourceRecord> records(SourceRecord batch) {
        return (List<SourceRecord>) batch.value();
    }
}
