package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.catalog.ColumnDescription;
import io.promotionverifier.postgres.catalog.KeyColumn;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.ReplicaIdentity;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column list in the publication keeps every column that we read, and covers the replica identity: otherwise the
 * server refuses the application's UPDATE and DELETE. Under REPLICA IDENTITY FULL it refuses them with any column list.
 */
final class PublicationColumnsCheck implements Check {
    private static final String NAME = "publication-columns";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.publication(),
                publication -> publication.isEmpty()
                        ? List.of()
                        : Check.judge(
                                NAME,
                                facts.server(),
                                server -> Check.judge(
                                        NAME,
                                        facts.tables(),
                                        tables -> facts.capturable(tables).stream()
                                                .flatMap(table ->
                                                        judge(facts, table, publication.orElseThrow()).stream())
                                                .map(result -> result.result() == CheckResult.Result.PASS
                                                        ? result
                                                        : result.with(WantedPublication.of(facts, server, tables)
                                                                .mend(publication.orElseThrow())))
                                                .toList())));
    }

    private static Optional<CheckResult> judge(
            PreflightFacts facts, TableDescription table, PublicationDescription publication) {
        return publication.member(table.relation().oid()).map(member -> {
            String name = NAME + " " + table.name();
            if (member.columns().isEmpty()) {
                return CheckResult.pass(name, "all columns are published");
            }
            Set<String> listed = new LinkedHashSet<>(member.columns().orElseThrow());
            List<String> problems = new ArrayList<>();
            if (table.relation().identity() == ReplicaIdentity.FULL) {
                problems.add(
                        "under REPLICA IDENTITY FULL any column list makes the application's UPDATE and DELETE fail");
            }
            report("the replica identity's", identity(table), listed, problems);
            report("needed", needed(facts, table), listed, problems);
            return problems.isEmpty()
                    ? CheckResult.pass(name, "the column list keeps what is needed")
                    : CheckResult.refuse(name, String.join("; ", problems));
        });
    }

    private static void report(String whose, Set<String> columns, Set<String> listed, List<String> problems) {
        Set<String> omitted = new LinkedHashSet<>(columns);
        omitted.removeAll(listed);
        if (!omitted.isEmpty()) {
            problems.add("the column list omits " + whose + " columns " + String.join(", ", omitted));
        }
    }

    private static Set<String> identity(TableDescription table) {
        Set<String> names = new LinkedHashSet<>();
        if (table.relation().identity() != ReplicaIdentity.FULL) {
            table.columns().stream().filter(ColumnDescription::inIdentity).forEach(column -> names.add(column.name()));
        }
        return names;
    }

    private static Set<String> needed(PreflightFacts facts, TableDescription table) {
        Set<String> names = new LinkedHashSet<>();
        table.key().stream().map(KeyColumn::name).forEach(names::add);
        facts.request().promotions().stream()
                .filter(requested -> requested.table().equals(table.name()))
                .forEach(requested -> names.addAll(List.of(requested.from().column(), requested.to())));
        return names;
    }
}
