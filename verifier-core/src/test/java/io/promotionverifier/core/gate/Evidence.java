package io.promotionverifier.core.gate;

import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusFound;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.ReportTrigger.Standing;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.pipeline.AfterAbort;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.FindingTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Evidence that opens every gate, until a test spoils a part of it. */
final class Evidence {
    static final Instant NOW = Instant.parse("2025-02-20T12:00:00Z");
    static final GatePolicy POLICY = new GatePolicy(0.01, 0.01, Duration.ofHours(24));
    private static final Lsn BEGUN = Lsn.parse("0/20");

    Promotion promotion;
    Verdict verdict = Verdict.OK;
    Duration verified = Duration.ofDays(30);
    FindingTotals findings = new FindingTotals(0, 0, 7, 2);
    Optional<Abort> abort = Optional.empty();
    List<CoverageGap> gaps = List.of(new CoverageGap(Lsn.parse("0/10"), Lsn.parse("0/1F"), "slot recreated"));
    Instant censusFinished = NOW.minus(Duration.ofHours(3));
    CensusCounts counted = new CensusCounts(1_000, 900, 800, 4, Set.of("high"));
    CensusFound found = CensusFound.NONE;
    boolean hasCensus = true;
    Witnessed witnessed =
            new Witnessed(Map.of(Operation.INSERT, 50L, Operation.UPDATE, 40L, Operation.DELETE, 1L), 0, Set.of("low"));
    Map<String, Standing> reports = Map.of(
            "cases",
            new Standing(new ReportReading("cases", 0, 5, 0, NOW.minusSeconds(600), false, true), Optional.empty()));
    Optional<GateOverride> override = Optional.empty();
    Optional<String> doubt = Optional.empty();
    GateFacts.TargetColumn column = new GateFacts.TargetColumn(
            "text",
            Optional.empty(),
            List.of(new GateFacts.ColumnIndex("cases_priority", true, 12)),
            List.of("cases_metadata_priority"));
    List<GateFacts.ExpectedReport> expected = List.of(new GateFacts.ExpectedReport("cases", Duration.ofHours(1)));

    long unremembered;

    private Evidence(Promotion promotion) {
        this.promotion = promotion;
    }

    static Evidence inB() {
        return new Evidence(PromotionFixture.promotion("PROMO-001")
                .promotingOnly("low", "high")
                .build());
    }

    static Evidence inA() {
        return new Evidence(
                PromotionFixture.promotion("PROMO-001").phase(Phase.A).build());
    }

    static Abort manual() {
        return new Abort(
                "PROMO-001:1:abort:command-0",
                Evidence.inB().promotion.id(),
                AbortTrigger.MANUAL,
                Optional.empty(),
                Optional.empty(),
                Lsn.ZERO,
                Lsn.ZERO,
                NOW,
                Optional.of("ana"),
                "because",
                List.of(),
                Attribution.NONE,
                "");
    }

    GateOverride overrideOf(String... checks) {
        return new GateOverride("id", promotion.id(), Phase.C, List.of(checks), NOW, "ana", "the board decided");
    }

    GateReport judge(Phase to) {
        return Gate.judge(
                to,
                promotion,
                POLICY,
                status(),
                new GateFacts(NOW, doubt, Optional.of(column), expected, Optional.empty()));
    }

    /** The same by somebody who did not look at the catalog. */
    GateReport judgeWithoutCatalog(Phase to) {
        return Gate.judge(
                to,
                promotion,
                POLICY,
                status(),
                new GateFacts(NOW, doubt, Optional.empty(), expected, Optional.empty()));
    }

    private PromotionStatus.Census census() {
        CensusResult result = new CensusResult(censusFinished, BEGUN, Lsn.parse("0/30"), counted, found);
        return hasCensus
                ? new PromotionStatus.Census(
                        Optional.of(result), OptionalDouble.empty(), Optional.of(BEGUN), unremembered)
                : PromotionStatus.Census.NONE;
    }

    private PromotionStatus status() {
        return new PromotionStatus(
                promotion.id(),
                promotion.table(),
                promotion.phase(),
                verdict,
                "because",
                new PromotionStatus.Window(
                        Optional.of(NOW.minus(Duration.ofDays(31))),
                        promotion.policy().window(),
                        verified,
                        Duration.ofHours(1)),
                Counts.none(),
                findings,
                new WindowRate(0, 90, 0, Duration.ofDays(1)),
                List.of(),
                Latencies.Snapshot.NONE,
                abort,
                AfterAbort.NOTHING,
                Map.of(),
                ApplicationLatency.UNKNOWN,
                reports,
                Lsn.parse("0/40"),
                Optional.of(NOW),
                gaps,
                census(),
                new PromotionStatus.Seen(
                        90, true, witnessed, promotion.domain().allowed().map(allowed -> Set.of("high"))),
                override,
                Optional.empty(),
                Attribution.NONE,
                Optional.empty());
    }

    /** A disagreement about so many rows. */
    static CensusFound disagreeing(long rows) {
        return new CensusFound(0, 0, new Disagreement(rows, List.of()));
    }
}
