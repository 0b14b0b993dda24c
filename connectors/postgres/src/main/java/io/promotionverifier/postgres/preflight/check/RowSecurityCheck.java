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
 * Row level security does not apply to our role: the stream ignores it, but a scan or a look-up would take what it does
 * not see for gone. Our sessions set {@code row_security = off}, so the server refuses them instead.
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
                                        "row level security applies to role " + role.name()
                                                + ": scans and look-ups are refused, or they would miss rows")
                                .with("ALTER ROLE " + SqlText.identifier(role.name()) + " BYPASSRLS")
                        : CheckResult.pass(name, "role " + role.name() + " sees every row"));
    }
}
