package io.promotionverifier.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusFound;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.gate.Check.Result;
import io.promotionverifier.core.gate.GateReport.Standing;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.settle.FindingTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check can close the gate alone, or warn alone; what is unknown never opens it. */
class GateLawsTest {
    private static Arguments spoilt(String check, Result result, Consumer<Evidence> spoil) {
        return arguments(check, result, spoil);
    }

    private static Map<String, ReportTrigger.Standing> read(long divergent, Instant when) {
        ReportReading reading = new ReportReading("cases", divergent, 5, 0, when, false, true);
        return Map.of(
                "cases", new ReportTrigger.Standing(reading, Optional.of(when).filter(since -> divergent > 0)));
    }

    private static GateFacts.TargetColumn indexed(List<GateFacts.ColumnIndex> indexes, String... documents) {
        return new GateFacts.TargetColumn("text", Optional.empty(), indexes, List.of(documents));
    }

    static Stream<Arguments> spoiltOnTheWayToC() {
        Instant now = Evidence.NOW;
        return Stream.of(
                spoilt(
                        "phase",
                        Result.FAIL,
                        e -> e.promotion = PromotionFixture.promotion("PROMO-001")
                                .phase(Phase.C)
                                .promotingOnly("low", "high")
                                .build()),
                spoilt(
                        "verified_time",
                        Result.FAIL,
                        e -> e.verified = Duration.ofDays(30).minusNanos(1)),
                spoilt("verdict", Result.UNKNOWN, e -> e.verdict = Verdict.BLIND),
                spoilt("verdict", Result.UNKNOWN, e -> e.verdict = Verdict.SUSPECT),
                spoilt("verdict", Result.UNKNOWN, e -> e.doubt = Optional.of("the last checkpoint is 40 s old")),
                spoilt("verdict", Result.WARN, e -> e.verdict = Verdict.INSUFFICIENT_DATA),
                spoilt("abort", Result.FAIL, e -> e.abort = Optional.of(Evidence.manual())),
                spoilt(
                        "coverage_gaps",
                        Result.UNKNOWN,
                        e -> e.gaps = List.of(new CoverageGap(Lsn.parse("0/10"), Lsn.parse("0/21"), "slot recreated"))),
                spoilt(
                        "coverage_gaps",
                        Result.FAIL,
                        e -> e.gaps = List.of(
                                new CoverageGap(Lsn.parse("0/10"), Optional.empty(), "table dropped", Set.of(), true))),
                spoilt("census_clean", Result.UNKNOWN, e -> e.unremembered = 1),
                spoilt("census_clean", Result.FAIL, e -> e.found = new CensusFound(1, 0, Disagreement.NONE)),
                spoilt("census_age", Result.FAIL, e -> e.censusFinished = now.minus(Duration.ofHours(24))),
                spoilt("census_agrees", Result.FAIL, e -> e.found = Evidence.disagreeing(1)),
                spoilt("null_rate", Result.FAIL, e -> e.counted = new CensusCounts(1_000, 900, 800, 8, Set.of("high"))),
                spoilt("null_rate", Result.UNKNOWN, e -> e.counted = new CensusCounts(1_000, 0, 0, 0, Set.of("high"))),
                spoilt("open_findings", Result.FAIL, e -> e.findings = new FindingTotals(1, 0, 0, 0)),
                spoilt("open_findings", Result.FAIL, e -> e.findings = new FindingTotals(0, 1, 0, 0)),
                spoilt(
                        "unverifiable_rate",
                        Result.FAIL,
                        e -> e.witnessed = new Witnessed(e.witnessed.operations(), 1, Set.of("low"))),
                spoilt("unverifiable_rate", Result.FAIL, e -> e.found = new CensusFound(0, 10, Disagreement.NONE)),
                spoilt("report:cases", Result.FAIL, e -> e.reports = read(1, now)),
                spoilt("report:cases", Result.UNKNOWN, e -> e.reports = Map.of()),
                spoilt("report:cases", Result.UNKNOWN, e -> e.reports = read(0, now.minus(Duration.ofHours(3)))),
                spoilt("index", Result.FAIL, e -> e.column = indexed(List.of(), "cases_metadata_priority")),
                spoilt("index", Result.WARN, e -> e.column = indexed(List.of())),
                spoilt(
                        "index",
                        Result.FAIL,
                        e -> e.column = indexed(List.of(new GateFacts.ColumnIndex("cases_priority", true, 0)))),
                spoilt(
                        "index",
                        Result.FAIL,
                        e -> e.column = indexed(List.of(new GateFacts.ColumnIndex("cases_priority", false, 9)))),
                spoilt("allowed_values", Result.WARN, e -> e.counted = new CensusCounts(1_000, 900, 800, 4, Set.of())),
                spoilt("operations", Result.WARN, e -> e.witnessed = Witnessed.NOTHING),
                spoilt(
                        "waivers",
                        Result.FAIL,
                        e -> e.promotion = PromotionFixture.promotion("PROMO-001")
                                .promotingOnly("low", "high")
                                .waiving(new RowKey("{\"id\": 1}"), now)
                                .build()));
    }

    static Stream<Arguments> spoiltOnTheWayToB() {
        return Stream.of(
                spoilt(
                        "phase",
                        Result.FAIL,
                        e -> e.promotion =
                                PromotionFixture.promotion("PROMO-001").build()),
                spoilt(
                        "column_default",
                        Result.FAIL,
                        e -> e.column = new GateFacts.TargetColumn(
                                "text", Optional.of("'normal'::text"), e.column.indexes(), List.of())),
                spoilt("backfill", Result.FAIL, e -> e.found = new CensusFound(0, 0, Disagreement.NONE, 1)),
                spoilt("census_clean", Result.FAIL, e -> e.found = new CensusFound(1, 0, Disagreement.NONE)),
                spoilt("open_findings", Result.FAIL, e -> e.findings = new FindingTotals(0, 1, 0, 0)));
    }

    private static void assertAlone(String check, Result result, GateReport report) {
        assertThat(report.checks())
                .filteredOn(each -> each.result() != Result.PASS && !each.name().equals("rollback_rehearsed"))
                .as("%s", report.checks())
                .singleElement()
                .satisfies(each -> assertThat(each.name()).isEqualTo(check))
                .satisfies(each -> assertThat(each.result()).isEqualTo(result));
        assertThat(report.standing().isOpen()).isEqualTo(result == Result.WARN);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spoiltOnTheWayToC")
    void eachCheckOnTheWayToCFailsAlone(String check, Result result, Consumer<Evidence> spoil) {
        Evidence evidence = Evidence.inB();
        spoil.accept(evidence);
        assertAlone(check, result, evidence.judge(Phase.C));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spoiltOnTheWayToB")
    void eachCheckOnTheWayToBFailsAlone(String check, Result result, Consumer<Evidence> spoil) {
        Evidence evidence = Evidence.inA();
        spoil.accept(evidence);
        assertAlone(check, result, evidence.judge(Phase.B));
    }

    @Test
    void goodEvidenceOpensBothGatesAndNobodyClaimsARehearsal() {
        GateReport toC = Evidence.inB().judge(Phase.C);
        assertThat(toC.standing()).isEqualTo(Standing.OPEN);
        assertThat(Evidence.inA().judge(Phase.B).standing()).isEqualTo(Standing.OPEN);
        assertThat(toC.checks())
                .filteredOn(check -> check.name().equals("rollback_rehearsed"))
                .extracting(Check::result)
                .containsExactly(Result.WARN);
    }

    @Test
    void withoutTheCatalogNothingThatItSaysIsKnown() {
        GateReport toB = Evidence.inA().judgeWithoutCatalog(Phase.B);
        GateReport toC = Evidence.inB().judgeWithoutCatalog(Phase.C);

        assertThat(toB.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(toB.closing()).containsExactly("column", "column_default", "index");
        assertThat(toC.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(toC.closing()).containsExactly("index");
    }

    @Test
    void withoutACensusNothingThatItSaysIsKnown() {
        Evidence evidence = Evidence.inB();
        evidence.hasCensus = false;
        evidence.gaps = List.of();
        GateReport report = evidence.judge(Phase.C);

        assertThat(report.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(report.closing()).containsExactly("census_clean", "census_age", "census_agrees", "null_rate");
    }

    @Test
    void aFailureGoesBeforeWhatIsUnknownAndAnAbortBeforeBoth() {
        Evidence evidence = Evidence.inB();
        evidence.verdict = Verdict.BLIND;
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.UNKNOWN);
        evidence.verified = Duration.ZERO;
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.CLOSED);
        evidence.abort = Optional.of(Evidence.manual());
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.ABORTED);
    }

    @Test
    void anOverrideSpeaksForTheChecksItWasGivenForAndForNoOther() {
        Evidence evidence = Evidence.inB();
        evidence.verified = Duration.ofDays(29);
        evidence.override = Optional.of(evidence.overrideOf("verified_time"));
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.OVERRIDDEN);
        assertThat(evidence.judge(Phase.C).closing()).containsExactly("verified_time");

        evidence.findings = new FindingTotals(0, 1, 0, 0);
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.CLOSED);

        evidence.override = Optional.of(evidence.overrideOf("verified_time", "open_findings", "abort"));
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.OVERRIDDEN);
        evidence.abort = Optional.of(Evidence.manual());
        assertThat(evidence.judge(Phase.C).standing()).isEqualTo(Standing.ABORTED);
    }

    @Test
    void anOverrideOfOneGateOpensNoOther() {
        Evidence evidence = Evidence.inA();
        evidence.found = new CensusFound(1, 0, Disagreement.NONE);
        evidence.override = Optional.of(evidence.overrideOf("census_clean"));
        assertThat(evidence.judge(Phase.B).standing()).isEqualTo(Standing.CLOSED);
    }

    @Test
    void thereIsNoGateToA() {
        assertThatThrownBy(() -> Evidence.inB().judge(Phase.A)).isInstanceOf(IllegalArgumentException.class);
    }
}
