package io.promotionverifier.postgres.slot;

import io.promotionverifier.core.change.Lsn;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A replication slot at one moment.
 *
 * @param name its name
 * @param form what it decodes, and for whom
 * @param holder who streams from it now
 * @param positions how far it is
 * @param health whether the server still keeps what it needs
 */
public record SlotState(String name, Form form, Optional<Holder> holder, Positions positions, Health health) {
    /**
     * What a slot decodes, and for whom.
     *
     * @param plugin the output plugin; absent for a physical slot
     * @param database the database it decodes; absent for a physical slot
     * @param temporary true if it ends with its session
     */
    public record Form(Optional<String> plugin, Optional<String> database, boolean temporary) {}

    /**
     * The server process that holds a slot.
     *
     * @param pid its process id
     * @param role its role; absent when it ended meanwhile
     * @param application its application name, empty when not told
     * @param ours true if our role may end it
     */
    public record Holder(int pid, Optional<String> role, String application, boolean ours) {
        /** For people: {@code pid 4711, role verifier, application "Debezium Streaming"}. */
        @Override
        public String toString() {
            return "pid " + pid + role.map(name -> ", role " + name).orElse("")
                    + (application.isEmpty() ? "" : ", application \"" + application + "\"");
        }
    }

    /**
     * How far a slot is.
     *
     * @param restart the oldest log the server keeps for it; absent once lost
     * @param confirmedFlush up to where its consumer confirmed; absent for a physical slot
     * @param current where the server writes now
     * @param retainedBytes from restart to current; absent once lost
     */
    public record Positions(
            Optional<Lsn> restart, Optional<Lsn> confirmedFlush, Lsn current, OptionalLong retainedBytes) {}

    /**
     * Whether the server still keeps what a slot needs.
     *
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; absent for a lost slot
     *     of some versions
     * @param safeBytes how much more may be written before the slot is in danger; absent without limit
     * @param invalidation why it was invalidated (PostgreSQL 17 and newer)
     */
    public record Health(Optional<String> walStatus, OptionalLong safeBytes, Optional<String> invalidation) {
        /** True if the slot can never stream again. */
        public boolean lost() {
            return invalidation.isPresent() || walStatus.equals(Optional.of("lost"));
        }
    }
}
