package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.Fact;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import java.util.List;
import java.util.function.Function;

/** One precondition. Stateless. */
public interface Check {
    /** The first word of the name of each of its results. */
    String name();

    /** What it found: one result, or one for each table or promotion. */
    List<CheckResult> examine(PreflightFacts facts);

    /** Judges a fact that is known; a hidden one is UNKNOWN. */
    static <T> List<CheckResult> judge(String name, Fact<T> fact, Function<T, List<CheckResult>> judgement) {
        return fact.either(judgement, reason -> List.of(CheckResult.unknown(name, reason)));
    }
}
