package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;

/** A free process to stream the log, unless one streams from our slot. */
final class WalSenderRoomCheck implements Check {
    private static final Room ROOM = new Room("free-wal-senders", "max_wal_senders", "WAL senders");

    @Override
    public String name() {
        return ROOM.name();
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        boolean streaming = facts.slot()
                .either(slot -> slot.isPresent() && slot.orElseThrow().holder().isPresent(), hidden -> false);
        return Check.judge(
                ROOM.name(),
                facts.server(),
                server -> List.of(
                        streaming
                                ? CheckResult.pass(
                                        ROOM.name(),
                                        "one streams from slot "
                                                + facts.request().slot())
                                : ROOM.judge(server, server.sendersUsed())));
    }
}
