package io.promotionverifier.kafka.state;

import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.RowRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets findings that were read share what is equal in them, as those share it that a transaction opened: half of the
 * memory of a million. Confined to one thread.
 */
final class SharedParts {
    private static final int MOST_PARTS = 4_096;

    private final Map<Object, Object> parts = new HashMap<>();

    StateEntry of(StateEntry entry) {
        return entry instanceof StateEntry.Row row
                ? new StateEntry.Row(one(row.promotion()), row.key(), row.row().map(known -> of(row, known)))
                : entry;
    }

    private RowRecord of(StateEntry.Row row, RowRecord known) {
        return new RowRecord(
                known.finding().map(finding -> of(row, finding)), known.pastEpisodes(), one(known.touched()));
    }

    private Finding of(StateEntry.Row row, Finding finding) {
        return new Finding(
                finding.id(),
                one(finding.promotion()),
                one(finding.table()),
                finding.key().equals(row.key()) ? row.key() : finding.key(),
                finding.state(),
                finding.kind(),
                one(finding.column()),
                one(finding.document()),
                of(finding.opened()),
                one(finding.settled()),
                one(finding.latency()),
                one(finding.resolution()),
                finding.origin(),
                finding.writtenBy(),
                one(finding.author()),
                finding.episode(),
                finding.revision());
    }

    /** Each row has its own position; transaction and time are those of many. */
    private Moment of(Moment moment) {
        return new Moment(moment.lsn(), one(moment.transaction()), one(moment.time()));
    }

    @SuppressWarnings("unchecked") // what is equal to a part is of its type
    private <T> T one(T part) {
        if (parts.size() >= MOST_PARTS) {
            parts.clear();
        }
        Object known = parts.putIfAbsent(part, part);
        return known == null ? part : (T) known;
    }
}
