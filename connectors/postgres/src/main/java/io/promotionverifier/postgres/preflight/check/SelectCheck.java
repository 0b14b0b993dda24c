package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import io.promotionverifier.postgres.preflight.facts.TableDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SELECT on the promoted tables and on the parents that promotions reference, or on the columns of them that we read.
 */
final class SelectCheck implements Check {
    private static final String NAME = "select";

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
                        tables -> Check.judge(NAME, facts.details(), details -> {
                            List<PromotionDescription> promotions = facts.promotions(tables);
                            return tables.values().stream()
                                    .map(table -> judge(role, table, unreadable(table, promotions, details)))
                                    .toList();
                        })));
    }

    /** The needed columns that our role may not read; empty also where all are granted one by one. */
    private static List<String> unreadable(
            TableDescription table, List<PromotionDescription> promotions, Map<Long, TableDetails> details) {
        if (table.relation().rights().select()) {
            return List.of();
        }
        Set<String> needed = NeededColumns.of(table, promotions);
        Optional<TableDetails> found =
                Optional.ofNullable(details.get(table.relation().oid()));
        List<String> unreadable = needed.stream()
                .filter(name -> found.flatMap(known -> known.column(name))
                        .filter(TableDetails.Column::readable)
                        .isEmpty())
                .toList();
        return needed.isEmpty() ? List.of("any column") : unreadable;
    }

    private static CheckResult judge(RoleFacts role, TableDescription table, List<String> unreadable) {
        String name = NAME + " " + table.name();
        TableDescription.Rights rights = table.relation().rights();
        List<String> lacking = new ArrayList<>();
        List<String> grants = new ArrayList<>();
        String grantee = SqlText.identifier(role.name());
        if (!rights.usage()) {
            lacking.add("USAGE on its schema");
            grants.add(
                    "GRANT USAGE ON SCHEMA " + SqlText.identifier(table.name().schema()) + " TO " + grantee);
        }
        if (!unreadable.isEmpty()) {
            lacking.add("SELECT on " + String.join(", ", unreadable));
            grants.add("GRANT SELECT ON TABLE " + SqlText.table(table.name()) + " TO " + grantee);
        }
        if (lacking.isEmpty()) {
            return CheckResult.pass(
                    name,
                    "role " + role.name() + " may read " + (rights.select() ? "it" : "the columns that are needed"));
        }
        return CheckResult.refuse(name, "role " + role.name() + " lacks " + String.join(" and ", lacking))
                .with(String.join("; ", grants));
    }
}
