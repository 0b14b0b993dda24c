package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.slot.SlotState;
import java.util.List;
import java.util.OptionalLong;

/** How much log the server keeps for our slot, and how much more it may before it gives the slot up. */
final class SlotBudgetCheck implements Check {
    private static final String NAME = "slot-budget";
    private static final int WARN_PERCENT = 50;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.slot(),
                slot -> List.of(slot.map(SlotBudgetCheck::judge)
                        .orElseGet(() -> CheckResult.pass(NAME, "no slot, no log is kept for it"))));
    }

    private static CheckResult judge(SlotState slot) {
        if (slot.health().lost() || slot.positions().retainedBytes().isEmpty()) {
            return CheckResult.unknown(NAME, "nothing is kept for it any more: see slot");
        }
        long retained = slot.positions().retainedBytes().getAsLong();
        String status = slot.health().walStatus().orElse("unknown");
        OptionalLong safe = slot.health().safeBytes();
        if (safe.isEmpty()) {
            String detail = Bytes.text((double) retained) + " are kept for it, without a limit (see wal-retention)";
            return status.equals("extended") || status.equals("unreserved")
                    ? CheckResult.warn(NAME, detail + "; that is more than max_wal_size")
                    : CheckResult.pass(NAME, detail);
        }
        long left = Math.max(0, safe.getAsLong());
        String detail = Bytes.text((double) retained) + " are kept for it, " + Bytes.text((double) left)
                + " more may be written";
        boolean scarce = retained * 100.0 > (retained + left) * (double) WARN_PERCENT;
        return scarce || status.equals("unreserved")
                ? CheckResult.warn(
                        NAME,
                        detail + " before the server gives it up (wal_status " + status
                                + "): start the verifier, or raise max_slot_wal_keep_size")
                : CheckResult.pass(NAME, detail);
    }
}
