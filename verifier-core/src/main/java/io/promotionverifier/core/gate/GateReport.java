package io.promotionverifier.core.gate;

import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.List;
import java.util.Optional;

/**
 * What the gate answers.
 *
 * @param promotion the promotion
 * @param to the phase it wants to enter
 * @param checks the checklist
 * @param aborted whether an abort is active: no override helps against it
 * @param override the override in force, whether it was needed or not
 */
public record GateReport(
        PromotionId promotion, Phase to, List<Check> checks, boolean aborted, Optional<GateOverride> override) {
    public GateReport {
        checks = List.copyOf(checks);
    }

    /** How the gate stands. */
    public enum Standing {
        /** Every check holds. */
        OPEN,
        /** Some do not, and somebody answers for each of these. */
        OVERRIDDEN,
        /** Some check fails. */
        CLOSED,
        /** No check fails, but some have no evidence. */
        UNKNOWN,
        /** An abort is active. */
        ABORTED;

        /** True when the promotion may go on. */
        public boolean isOpen() {
            return this == OPEN || this == OVERRIDDEN;
        }
    }

    /** The names of the checks that keep the gate closed, overridden or not, in their order. */
    public List<String> closing() {
        return checks.stream().filter(Check::closes).map(Check::name).toList();
    }

    /** How the gate stands. */
    public Standing standing() {
        if (aborted) {
            return Standing.ABORTED;
        }
        if (closing().isEmpty()) {
            return Standing.OPEN;
        }
        List<Check> uncovered = checks.stream()
                .filter(Check::closes)
                .filter(check -> !isCovered(check))
                .toList();
        if (uncovered.isEmpty()) {
            return Standing.OVERRIDDEN;
        }
        return uncovered.stream().anyMatch(check -> check.result() == Check.Result.FAIL)
                ? Standing.CLOSED
                : Standing.UNKNOWN;
    }

    private boolean isCovered(Check check) {
        return override.filter(given -> given.checks().contains(check.name())).isPresent();
    }

    /** The same with an override that was given just now. */
    public GateReport with(GateOverride given) {
        return new GateReport(promotion, to, checks, aborted, Optional.of(given));
    }
}
