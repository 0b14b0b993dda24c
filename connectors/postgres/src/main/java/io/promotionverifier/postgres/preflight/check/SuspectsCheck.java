package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.ReplicaIdentity;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With {@code capture: suspects}: the server can compare, and no row filter will make the application's UPDATE and
 * DELETE fail. Its statements come before those of the publication, which must not be made first.
 */
final class SuspectsCheck implements Check {
    private static final String NAME = "suspects";
    private static final int ROW_FILTERS = 15;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        boolean screened = facts.request().promotions().stream()
                .anyMatch(promotion -> promotion.screening().isPresent());
        return screened
                ? Check.judge(
                        NAME,
                        facts.server(),
                        server -> server.since(ROW_FILTERS) ? tables(facts) : List.of(tooOld(server)))
                : List.of();
    }

    private static CheckResult tooOld(ServerFacts server) {
        return CheckResult.refuse(
                NAME,
                "PostgreSQL " + server.major() + " has no row filters, " + ROW_FILTERS
                        + " is the first that has: set source.capture: all");
    }

    private static List<CheckResult> tables(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.filters(),
                filters -> Check.judge(NAME, facts.tables(), tables -> judge(facts, filters, tables)));
    }

    private static List<CheckResult> judge(
            PreflightFacts facts, RowFilters filters, Map<TableName, TableDescription> tables) {
        Stream<CheckResult> compared = facts.capturable(tables).stream()
                .filter(table -> filters.of(table.name()).isPresent())
                .map(table -> compared(facts, table));
        Stream<CheckResult> whole = new TreeMap<>(filters.whole())
                .entrySet().stream()
                        .map(each -> CheckResult.pass(
                                NAME + " " + each.getKey(), "every change is sent, as with all: " + each.getValue()));
        return Stream.concat(compared, whole).toList();
    }

    private static CheckResult compared(PreflightFacts facts, TableDescription table) {
        String name = NAME + " " + table.name();
        if (table.relation().identity() != ReplicaIdentity.FULL) {
            return CheckResult.refuse(
                            name,
                            "its REPLICA IDENTITY is not FULL: with the row filter the application's UPDATE and DELETE"
                                    + " would fail, and a row that heals could not be seen. FULL adds the old row, with"
                                    + " documents stored out of line, to the log of each UPDATE and DELETE")
                    .with("ALTER TABLE " + SqlText.table(table.name()) + " REPLICA IDENTITY FULL");
        }
        return CheckResult.warn(
                name,
                "the server compares its rows and sends suspects only. The price: FULL adds the old row to the log of"
                        + " each UPDATE and DELETE; counts of the other changes are estimates; ALTER TYPE and DROP of"
                        + " column " + columns(facts, table.name())
                        + " fail while the publication names them, and under another replica identity UPDATE and"
                        + " DELETE would");
    }

    private static String columns(PreflightFacts facts, TableName table) {
        return facts.request().promotions().stream()
                .filter(promotion -> promotion.table().equals(table))
                .flatMap(promotion -> Stream.of(promotion.from().column(), promotion.to()))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }
}
