package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.OpenTransaction;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * No transaction has been open for long: setup waits for every one that has written, and while one is open the server
 * keeps log for our slot, whatever we confirm.
 */
final class OldestTransactionCheck implements Check {
    private static final String NAME = "oldest-transaction";

    /** How long setup waits for the slot. */
    private static final long PATIENCE_SECONDS = 25;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.transactions(),
                open -> Check.judge(NAME, facts.role(), role -> List.of(judge(open, role))));
    }

    private static CheckResult judge(List<OpenTransaction> open, RoleFacts role) {
        Optional<OpenTransaction> oldest = open.stream()
                .filter(transaction -> transaction.ageSeconds().isPresent())
                .max(Comparator.comparingLong(
                        transaction -> transaction.ageSeconds().getAsLong()));
        long age =
                oldest.map(transaction -> transaction.ageSeconds().getAsLong()).orElse(0L);
        if (age >= PATIENCE_SECONDS) {
            String detail = oldest.orElseThrow().who() + " has been open for " + age
                    + " s: setup waits for its end, and the server keeps log until then";
            CheckResult warned = CheckResult.warn(NAME, detail);
            return oldest.orElseThrow().end().map(warned::with).orElse(warned);
        }
        List<String> hidden = open.stream()
                .filter(transaction -> transaction.ageSeconds().isEmpty())
                .map(OpenTransaction::who)
                .toList();
        if (!hidden.isEmpty()) {
            return CheckResult.unknown(
                            NAME,
                            String.join("; ", hidden)
                                    + ": open for more than a second, for how long is hidden from role " + role.name())
                    .with("GRANT pg_read_all_stats TO " + SqlText.identifier(role.name()));
        }
        return CheckResult.pass(
                NAME,
                oldest.map(transaction -> "the oldest has been open for " + age + " s")
                        .orElse("none stays open"));
    }
}
