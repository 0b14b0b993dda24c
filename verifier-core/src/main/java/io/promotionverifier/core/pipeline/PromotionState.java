package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Estimate;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.settle.FindingTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a checkpoint that is written whole each time: what one promotion remembers besides rows and tallies.
 *
 * @param counts row changes by outcome
 * @param findings findings by state
 * @param latency convergence latencies
 * @param started when its window began
 * @param verified verified stream time since then
 * @param blind blind stream time since then
 * @param abort the latched abort
 * @param sinceAbort what was written since the active abort
 * @param abortsRaised aborts ever raised, by trigger name
 * @param phase the phase that window, rows and tallies belong to; absent before the first checkpoint
 * @param toldAtCut how many changes and turns the last counters event told
 * @param application what is known of the application's write latency
 * @param reports how each report stands, by name
 * @param census what it remembers of its censuses
 * @param witnessed what live writes have exercised since the window began
 * @param override the override of the gate in force
 * @param estimate what the table's statistics counted; absent before a first look at them, and where nobody looks
 */
public record PromotionState(
        Counts counts,
        FindingTotals findings,
        Latencies.Snapshot latency,
        Optional<Instant> started,
        Duration verified,
        Duration blind,
        Optional<Abort> abort,
        AfterAbort sinceAbort,
        Map<String, Long> abortsRaised,
        Optional<Phase> phase,
        long toldAtCut,
        ApplicationLatency application,
        Map<String, ReportTrigger.Standing> reports,
        PromotionCensus census,
        Witnessed witnessed,
        Optional<GateOverride> override,
        Optional<Estimate> estimate) {
    public PromotionState {
        abortsRaised = Map.copyOf(abortsRaised);
        reports = Map.copyOf(reports);
    }

    /** The same in a log whose positions and transaction ids begin again: no census of the old one answers for it. */
    public PromotionState inAnotherLog() {
        return new PromotionState(
                counts,
                findings,
                latency,
                started,
                verified,
                blind,
                abort,
                sinceAbort,
                abortsRaised,
                phase,
                toldAtCut,
                application,
                reports,
                PromotionCensus.NONE,
                witnessed,
                override,
                Optional.empty());
    }

    /** A promotion that has seen nothing. */
    public static final PromotionState NEW = new PromotionState(
            Counts.none(),
            FindingTotals.NONE,
            Latencies.Snapshot.NONE,
            Optional.empty(),
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty(),
            AfterAbort.NOTHING,
            Map.of(),
            Optional.empty(),
            0,
            ApplicationLatency.UNKNOWN,
            Map.of(),
            PromotionCensus.NONE,
            Witnessed.NOTHING,
            Optional.empty(),
            Optional.empty());
}
