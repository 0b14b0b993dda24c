package io.promotionverifier.kafka.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the history has been written: its records are numbered from 1 without a gap, also while nobody keeps them, so
 * that what is missing is seen.
 *
 * @param records how many were written
 * @param whole the number of the last one from which a replay can begin
 * @param wholeTime stream time of the last whole checkpoint in the history; absent before the first
 */
public record HistoryPlace(long records, long whole, Optional<Instant> wholeTime) {
    /** Nothing was written. */
    public static final HistoryPlace NONE = new HistoryPlace(0, 0, Optional.empty());

    private static final long RECORDS_BETWEEN = 500_000;
    private static final Duration TIME_BETWEEN = Duration.ofHours(24);

    /** With one more record. */
    HistoryPlace next() {
        return new HistoryPlace(records + 1, whole, wholeTime);
    }

    /** A replay can begin here. */
    HistoryPlace beginning(Optional<Instant> streamTime) {
        return new HistoryPlace(records, records, streamTime);
    }

    /** True when a replay would have to read too much from the last whole checkpoint on. */
    boolean wantsWhole(Optional<Instant> streamTime) {
        return records - whole >= RECORDS_BETWEEN
                || streamTime
                        .filter(now -> wholeTime
                                .map(last -> !now.isBefore(last.plus(TIME_BETWEEN)))
                                .orElse(true))
                        .isPresent();
    }
}
