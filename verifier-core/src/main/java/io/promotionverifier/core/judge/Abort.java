package io.promotionverifier.core.judge;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A raised abort with its evidence. Latched: it ends only by an explicit clear.
 *
 * @param id deterministic: the same decision has the same id for ever
 * @param promotion the promotion to abort
 * @param trigger what raised it
 * @param rule the rule that decided, {@code sequential}, {@code strict} or {@code state}; absent for a manual abort
 * @param evidence the figures; absent for a manual abort
 * @param from the first change that speaks for it
 * @param to the change at which it was decided
 * @param raised stream time of the decision
 * @param by who raised it, for a manual abort
 * @param reason one sentence
 * @param findings up to 10 confirmed findings, the first ones
 * @param attribution who wrote, of all that was counted until then: the first slices along each dimension
 * @param rollbackSql what undoes the promotion
 */
public record Abort(
        String id,
        PromotionId promotion,
        AbortTrigger trigger,
        Optional<String> rule,
        Optional<Evidence> evidence,
        Lsn from,
        Lsn to,
        Instant raised,
        Optional<String> by,
        String reason,
        List<Finding> findings,
        Attribution attribution,
        String rollbackSql) {

    /** The abort procedure of the SOP. */
    public static final List<String> PROCEDURE = List.of(
            "Stop dual-write (revert to read-old)",
            "Document mismatch, latency or divergence details",
            "Notify stakeholders and the architecture team",
            "Execute the rollback script if necessary",
            "Root cause before retry");

    public Abort {
        findings = List.copyOf(findings);
    }

    /**
     * The figures behind an abort.
     *
     * @param observed the observed value
     * @param threshold the limit it crossed
     * @param sample settled rows; for a rate of everything, rows holding a value
     * @param mismatched confirmed rows among them
     * @param window the span of the window rate; zero for a rate of everything
     * @param estimated true if the sample is an estimate, and not counted row by row
     */
    public record Evidence(
            double observed, double threshold, long sample, long mismatched, Duration window, boolean estimated) {
        /** Figures that were counted. */
        public Evidence(double observed, double threshold, long sample, long mismatched, Duration window) {
            this(observed, threshold, sample, mismatched, window, false);
        }
    }
}
