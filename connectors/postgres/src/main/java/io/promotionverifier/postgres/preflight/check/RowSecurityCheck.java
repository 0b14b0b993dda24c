package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import io.promotionverifier.postgres.preflight.facts.TableDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Row level security hides no rows from our role: the stream ignores it, but a scan or a look-up would take what it
 * does not see for gone.
 */
final class RowSecurityCheck implements Check {
    private static final String NAME = "row-security";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.role(),
                role -> Check.judge(
                        NAME,
                        facts.tables(),
                        tables -> Check.judge(
                                NAME,
                                facts.details(),
                                details -> tables.values().stream()
                                        .flatMap(table -> judge(table, role, details).stream())
                                        .toList())));
    }

    private static Optional<CheckResult> judge(
            TableDescription table, RoleFacts role, Map<Long, TableDetails> details) {
        String name = NAME + " " + table.name();
        return Optional.ofNullable(details.get(table.relation().oid()))
                .map(found -> found.filtered()
                        ? CheckResult.refuse(
                                        name,
                                        "row level security hides rows from role " + role.name()
                                                + ": scans and look-ups would miss them")
                                .with("CREATE POLICY promotion_verifier_reads ON " + SqlText.table(table.name())
                                        + " FOR SELECT TO " + SqlText.identifier(role.name()) + " USING (true)")
                        : CheckResult.pass(name, "role " + role.name() + " sees every row"));
    }
}
