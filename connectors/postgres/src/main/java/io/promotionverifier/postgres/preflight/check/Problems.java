package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.catalog.Problem;
import io.promotionverifier.postgres.catalog.PromotionDescription.Unresolved;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Which problem of a promotion is told by which check: each by exactly one. */
final class Problems {
    /** Told by {@link TableCheck}. */
    static final Set<Problem.Kind> TABLE = EnumSet.of(Problem.Kind.TABLE);

    /** Told by {@link PrimaryKeyCheck}. */
    static final Set<Problem.Kind> KEY = EnumSet.of(Problem.Kind.KEY);

    /** Told by {@link PromotionCheck}. */
    static final Set<Problem.Kind> PROMOTION = EnumSet.complementOf(EnumSet.of(Problem.Kind.TABLE, Problem.Kind.KEY));

    private Problems() {}

    static Stream<String> of(Unresolved promotion, Set<Problem.Kind> kinds) {
        return promotion.problems().stream()
                .filter(problem -> kinds.contains(problem.kind()))
                .map(Problem::detail);
    }
}
