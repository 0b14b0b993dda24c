package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.Sample;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Estimate;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * All there is to say of a promotion at one moment. Immutable.
 *
 * @param promotion its id
 * @param table its table
 * @param phase its phase
 * @param verdict what is to be thought of it
 * @param reason why, one sentence
 * @param window the verification window
 * @param counts row changes by outcome
 * @param findings findings by state
 * @param rate the window rate
 * @param rates the same rate over 5 minutes, 1 hour, 6 hours, 24 hours and the window
 * @param latency convergence latencies
 * @param abort the active abort
 * @param sinceAbort what was written since the active abort
 * @param abortsRaised aborts ever raised, by trigger name
 * @param application what is known of the application's write latency
 * @param reports how each report stands, by name
 * @param watermark everything committed before it has been judged
 * @param streamTime the running maximum of the commit times seen; absent before the first
 * @param gaps coverage gaps
 * @param census the last census that ended, and how far the running one has come
 * @param seen what has been exercised since the window began
 * @param override the override of the gate in force
 * @param crowd whose rows disagree, one sentence; absent when none does
 * @param attribution outcomes and findings by who wrote: the first slices along each dimension
 * @param estimate what the table's statistics counted; absent before a first look at them, and where nobody looks
 */
public record PromotionStatus(
        PromotionId promotion,
        TableName table,
        Phase phase,
        Verdict verdict,
        String reason,
        Window window,
        Counts counts,
        FindingTotals findings,
        WindowRate rate,
        List<WindowRate> rates,
        Latencies.Snapshot latency,
        Optional<Abort> abort,
        AfterAbort sinceAbort,
        Map<String, Long> abortsRaised,
        ApplicationLatency application,
        Map<String, ReportTrigger.Standing> reports,
        Lsn watermark,
        Optional<Instant> streamTime,
        List<CoverageGap> gaps,
        Census census,
        Seen seen,
        Optional<GateOverride> override,
        Optional<String> crowd,
        Attribution attribution,
        Optional<Estimate> estimate) {

    public PromotionStatus {
        abortsRaised = Map.copyOf(abortsRaised);
        reports = Map.copyOf(reports);
        gaps = List.copyOf(gaps);
        rates = List.copyOf(rates);
    }

    /** Rows that disagree now, of those that hold a value on either side by the latest census; absent before one. */
    public Optional<Sample> stateRate() {
        return census.latest()
                .map(result -> new Sample(findings.confirmed(), result.counts().withValue()));
    }

    /**
     * How far the verification window has come.
     *
     * @param started when it began; absent before the first sign of the source
     * @param length the verified time that is asked for
     * @param verified stream time that passed while we saw
     * @param blind stream time that passed while we did not
     */
    public record Window(Optional<Instant> started, Duration length, Duration verified, Duration blind) {}

    /**
     * What the census says.
     *
     * @param latest the last one that ended; absent before the first
     * @param progress the share of the table that the running one has looked at, from 0 to 1; absent when none runs
     * @param examined gaps that end at or before it were examined by a clean one; absent before the first
     * @param unremembered row versions beyond the limit of rows that may disagree at once, of which none has told yet
     */
    public record Census(
            Optional<CensusResult> latest, OptionalDouble progress, Optional<Lsn> examined, long unremembered) {
        /** Nobody ever looked. */
        public static final Census NONE = new Census(Optional.empty(), OptionalDouble.empty(), Optional.empty(), 0);
    }

    /**
     * What has been exercised since the window began.
     *
     * @param rows distinct rows settled
     * @param exact whether rows is exact, and not an estimate
     * @param witnessed live writes by operation, and which allowed values they held
     * @param unseenAllowed the allowed values that no live write held; absent when every value of the type is allowed
     */
    public record Seen(long rows, boolean exact, Witnessed witnessed, Optional<Set<String>> unseenAllowed) {
        /** Nothing. */
        public static final Seen NOTHING = new Seen(0, true, Witnessed.NOTHING, Optional.empty());

        public Seen {
            unseenAllowed = unseenAllowed.map(Set::copyOf);
        }
    }
}
