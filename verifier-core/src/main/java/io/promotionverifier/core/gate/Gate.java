package io.promotionverifier.core.gate;

import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import java.util.ArrayList;
import java.util.List;

/** Judges whether a promotion may go on. Every check is made whatever the others say. Stateless; any thread. */
public final class Gate {
    private Gate() {}

    /**
     * Judges by a policy on the evidence of a checkpoint.
     *
     * @param to the phase to enter, B or C
     * @param promotion the promotion as it is configured now
     * @param status the evidence
     * @param facts what was read beside it
     * @throws IllegalArgumentException if asked for phase A, which needs no gate
     */
    public static GateReport judge(
            Phase to, Promotion promotion, GatePolicy policy, PromotionStatus status, GateFacts facts) {
        if (to == Phase.A) {
            throw new IllegalArgumentException("phase A is where a promotion begins: there is no gate to it");
        }
        StreamChecks stream = new StreamChecks(promotion, status, facts);
        CensusChecks census = new CensusChecks(policy, status, facts);
        SourceChecks source = new SourceChecks(status, facts);
        List<Check> checks = new ArrayList<>();
        checks.add(stream.phase(to));
        if (to == Phase.B) {
            checks.add(source.column());
            checks.add(source.noDefault());
        } else {
            checks.add(stream.verifiedTime());
        }
        checks.add(stream.verdict());
        checks.add(stream.abort());
        checks.add(stream.coverageGaps());
        checks.add(census.clean());
        checks.add(census.age());
        checks.add(census.agrees());
        checks.add(to == Phase.B ? census.backfill() : census.nullRate());
        checks.add(stream.openFindings());
        checks.add(census.unverifiableRate());
        if (to == Phase.C) {
            checks.addAll(source.reports());
        }
        checks.add(source.index(to));
        if (to == Phase.C) {
            checks.add(stream.allowedValues());
            checks.add(stream.operations());
        }
        checks.add(stream.waivers());
        checks.add(source.rollbackRehearsed());
        return new GateReport(
                promotion.id(),
                to,
                checks,
                status.abort().isPresent(),
                status.override().filter(given -> given.to() == to));
    }
}
