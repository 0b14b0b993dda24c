package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;

/** A free replication slot, unless ours exists. */
final class SlotRoomCheck implements Check {
    private static final Room ROOM = new Room("free-slots", "max_replication_slots", "replication slots");

    @Override
    public String name() {
        return ROOM.name();
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        boolean exists = facts.slot().either(slot -> slot.isPresent(), hidden -> false);
        return Check.judge(
                ROOM.name(),
                facts.server(),
                server -> List.of(
                        exists
                                ? CheckResult.pass(
                                        ROOM.name(), "slot " + facts.request().slot() + " exists")
                                : ROOM.judge(server, server.slotsUsed())));
    }
}
