package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import io.promotionverifier.postgres.slot.SlotFit;
import io.promotionverifier.postgres.slot.SlotSql;
import io.promotionverifier.postgres.slot.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slot is ours, sound and free. A missing one is made by setup. */
final class SlotCheck implements Check {
    private static final String NAME = "slot";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        boolean published = facts.publication().either(found -> found.isPresent(), hidden -> true);
        String slot = facts.request().slot();
        return Check.judge(
                NAME,
                facts.slot(),
                state -> Check.judge(
                        NAME,
                        facts.server(),
                        server -> List.of(state.map(found -> judge(found, server, published))
                                .orElseGet(() -> CheckResult.pass(NAME, slot + " does not exist yet: setup creates it")
                                        .with(SlotSql.create(slot, server.version()))))));
    }

    private static CheckResult judge(SlotState slot, ServerFacts server, boolean published) {
        List<String> misfits = new ArrayList<>(SlotFit.misfits(slot, server.database()));
        if (!published) {
            misfits.add("it is older than the publication, which it will never know");
        }
        Optional<SlotState.Holder> holder = slot.holder();
        if (!misfits.isEmpty()) {
            return CheckResult.refuse(NAME, slot.name() + " does not fit: " + String.join("; ", misfits))
                    .with(SlotSql.drop(slot.name()) + "; " + SlotSql.create(slot.name(), server.version()));
        }
        if (holder.isEmpty()) {
            return CheckResult.pass(NAME, slot.name() + retained(slot));
        }
        String inUse = slot.name() + " is in use by " + holder.orElseThrow();
        return holder.orElseThrow().ours()
                ? CheckResult.warn(
                        NAME,
                        inUse + ": our own role, a verifier that runs or has just died; try later to start"
                                + " another")
                : CheckResult.refuse(NAME, inUse + ": try later, or choose another slot name");
    }

    private static String retained(SlotState slot) {
        return slot.positions().retainedBytes().isPresent()
                ? " keeps " + slot.positions().retainedBytes().getAsLong() + " bytes of log"
                : " is free";
    }
}
