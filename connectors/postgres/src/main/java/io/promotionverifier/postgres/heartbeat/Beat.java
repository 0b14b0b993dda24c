package io.promotionverifier.postgres.heartbeat;

import io.promotionverifier.core.change.Lsn;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A heartbeat that was written, and how the server stood at that moment.
 *
 * @param message what it carries
 * @param lsn the end of the message in the log
 * @param current where the server writes now: at or behind {@code lsn}
 * @param slot the slot; absent if it does not exist any more
 */
public record Beat(HeartbeatMessage message, Lsn lsn, Lsn current, Optional<SlotBudget> slot) {
    /**
     * What the slot costs the server.
     *
     * @param confirmedFlush up to where the slot is confirmed
     * @param retainedBytes the log kept for it; absent once it is lost
     * @param safeBytes how much more may be written before it is in danger; absent without limit
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
     * @param active true if somebody streams from it
     */
    public record SlotBudget(
            Optional<Lsn> confirmedFlush,
            OptionalLong retainedBytes,
            OptionalLong safeBytes,
            Optional<String> walStatus,
            boolean active) {}
}
