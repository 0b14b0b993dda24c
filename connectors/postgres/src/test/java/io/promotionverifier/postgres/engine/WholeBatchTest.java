package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class WholeBatchTest {
    private static SourceRecord at(long lsn) {
        return new SourceRecord(Map.of("server", "s"), Map.of("lsn", lsn), "table", null, "row " + lsn);
    }

    @Test
    void aBatchStandsWhereItsLastRecordStandsAndHoldsAllInTheirOrder() {
        List<SourceRecord> polled = List.of(at(1), at(2), at(3));

        List<SourceRecord> travelling = WholeBatch.of(polled);

        assertThat(travelling).hasSize(1);
        SourceRecord batch = travelling.get(0);
        assertThat(batch.sourcePartition()).isEqualTo(Map.of("server", "s"));
        assertThat(batch.sourceOffset()).isEqualTo(Map.of("lsn", 3L));
        assertThat(WholeBatch.records(batch)).isEqualTo(polled);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(WholeBatch.of(List.of())).isEmpty();
    }
}
