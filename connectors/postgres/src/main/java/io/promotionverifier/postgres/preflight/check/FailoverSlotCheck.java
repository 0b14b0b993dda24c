package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.KnownSlot;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;
import java.util.Optional;

/** Whether our slot survives a failover: from PostgreSQL 17 on standbys can keep a copy. */
final class FailoverSlotCheck implements Check {
    private static final String NAME = "failover-slot";
    private static final int KNOWS_FAILOVER = 17;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.server(),
                server -> Check.judge(
                        NAME,
                        facts.slots(),
                        slots -> List.of(
                                server.since(KNOWS_FAILOVER)
                                        ? judge(facts.request().slot(), slots)
                                        : old(server, slots))));
    }

    private static CheckResult judge(String name, List<KnownSlot> slots) {
        Optional<KnownSlot> ours =
                slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
        if (ours.isEmpty()) {
            return CheckResult.pass(NAME, "setup makes it one");
        }
        return ours.orElseThrow().failover()
                ? CheckResult.pass(NAME, name + " is one; a standby copies it with sync_replication_slots = on there")
                : CheckResult.warn(
                                NAME,
                                name + " is none: a failover loses it, which is a coverage gap (stop the verifier"
                                        + " before it is altered)")
                        .with("\\connect -reuse-previous=on \"replication=database\"\nALTER_REPLICATION_SLOT "
                                + SqlText.identifier(name) + " (FAILOVER true)");
    }

    /** More senders than logical streams, or a standby's slot: somebody may take over. */
    private static CheckResult old(ServerFacts server, List<KnownSlot> slots) {
        long streams =
                slots.stream().filter(slot -> slot.logical() && slot.active()).count();
        boolean standby = server.sendersUsed() > streams || slots.stream().anyMatch(slot -> !slot.logical());
        return standby
                ? CheckResult.warn(
                        NAME,
                        "PostgreSQL " + server.major()
                                + " with a standby: a failover loses the slot, which is a coverage"
                                + " gap; from 17 on standbys keep a copy")
                : CheckResult.pass(NAME, "no standby is in sight that could take over");
    }
}
