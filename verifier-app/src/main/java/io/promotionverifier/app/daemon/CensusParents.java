package io.promotionverifier.app.daemon;

import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.stream.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings the rows of a census into the form in which parents are looked up for the rows of the stream. */
final class CensusParents {
    private CensusParents() {}

    /** The suspects as rows; they never reach the core in this form. */
    static List<Arrival> asked(CensusChunk chunk) {
        List<Arrival> rows = new ArrayList<>();
        for (CensusRow row : chunk.suspects()) {
            RowEvent event = new RowEvent(
                    Operation.UPDATE,
                    chunk.place().table(),
                    Optional.of(row.key()),
                    Optional.empty(),
                    Origin.UNSEEN,
                    Optional.empty(),
                    row.readings());
            rows.add(new Arrival.Row(row.writer(), Lsn.ZERO, Optional.empty(), Instant.EPOCH, event));
        }
        return rows;
    }

    /** The chunk with the answers. */
    static CensusChunk answered(CensusChunk chunk, List<Arrival> rows) {
        List<CensusRow> suspects = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            CensusRow row = chunk.suspects().get(i);
            RowEvent event = ((Arrival.Row) rows.get(i)).event();
            suspects.add(new CensusRow(row.key(), row.writer(), event.readings()));
        }
        return new CensusChunk(chunk.place(), chunk.view(), chunk.end(), chunk.counts(), suspects);
    }
}
