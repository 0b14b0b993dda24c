package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * No two promoted tables print alike: {@code a."b.c"} and {@code "a.b".c} could not be told apart in events and topics.
 */
final class TableNamesCheck implements Check {
    private static final String NAME = "table-names";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        Map<String, Long> printed = facts.request().tables().stream()
                .collect(Collectors.groupingBy(TableName::toString, Collectors.counting()));
        String ambiguous = printed.entrySet().stream()
                .filter(name -> name.getValue() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return List.of(
                ambiguous.isEmpty()
                        ? CheckResult.pass(NAME, "every name is unambiguous")
                        : CheckResult.refuse(NAME, "two tables print as " + ambiguous + ": verify one of them only"));
    }
}
