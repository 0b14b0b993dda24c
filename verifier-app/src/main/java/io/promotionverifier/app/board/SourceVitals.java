package io.promotionverifier.app.board;

import io.promotionverifier.core.change.Lsn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of the source besides its row changes.
 *
 * @param echoed the server's clock in the last heartbeat that came back through the log
 * @param sent the server's clock in the last heartbeat that was written
 * @param current the end of the server's log when the last heartbeat was written
 * @param retainedBytes how much log the slot makes the server keep
 */
public record SourceVitals(
        Optional<Instant> echoed, Optional<Instant> sent, Optional<Lsn> current, OptionalLong retainedBytes) {
    /** Nothing known yet. */
    public static final SourceVitals UNKNOWN =
            new SourceVitals(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

    /** How far a watermark is behind the server's log, in bytes; absent before the first heartbeat. */
    public OptionalLong lagBytes(Lsn watermark) {
        return current.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, current.get().value() - watermark.value()));
    }

    /** How far stream time is behind the server's clock, in seconds; absent before the first heartbeat. */
    public Optional<Double> lagSeconds(Optional<Instant> streamTime) {
        if (sent.isEmpty() || streamTime.isEmpty()) {
            return Optional.empty();
        }
        double seconds = (sent.get().toEpochMilli() - streamTime.get().toEpochMilli()) / 1000.0;
        return Optional.of(Math.max(0, seconds));
    }
}
