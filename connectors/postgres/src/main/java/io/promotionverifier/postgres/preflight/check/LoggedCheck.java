package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables' changes reach the log: unlogged and temporary ones do not. */
final class LoggedCheck implements Check {
    private static final String NAME = "logged";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.tables(),
                tables -> facts.capturable(tables).stream()
                        .map(LoggedCheck::judge)
                        .toList());
    }

    private static CheckResult judge(TableDescription table) {
        String name = NAME + " " + table.name();
        Stream<TableName> self = table.relation().logged() ? Stream.empty() : Stream.of(table.name());
        List<TableName> unlogged = Stream.concat(
                        self,
                        table.partitions().stream()
                                .filter(partition -> !partition.logged())
                                .map(TableDescription.Partition::name))
                .toList();
        if (unlogged.isEmpty()) {
            return CheckResult.pass(name, "its changes reach the log");
        }
        String names = unlogged.stream().map(TableName::toString).collect(Collectors.joining(", "));
        return CheckResult.refuse(name, names + " unlogged: changes never reach the log; SET LOGGED rewrites the table")
                .with(unlogged.stream()
                        .map(each -> "ALTER TABLE " + SqlText.table(each) + " SET LOGGED")
                        .collect(Collectors.joining("; ")));
    }
}
