package io.promotionverifier.kafka.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusFound;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.judge.WriteLatency.Measure;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.pipeline.AfterAbort;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.kafka.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every shape of the contract, member by member in its order, against a file that was written by hand from it. */
final class ContractShapesTest {
    @Test
    void aStatusWithoutEvidenceHasNullsAndNeverZeroRates() throws IOException {
        assertGolden("status-empty", StatusJson.of(Sample.status(Optional.empty(), Optional.empty()), Lag.UNKNOWN));
    }

    @Test
    void aStatusWithEvidenceShowsIt() throws IOException {
        assertGolden("status-full", StatusJson.of(full(), new Lag(OptionalLong.of(56), OptionalDouble.of(0.25))));
    }

    @Test
    void theCountersEventIsThePartOfTheStatusThatFollowsFromTheInputs() throws IOException {
        assertGolden("counters", StatusJson.counters(full()));
    }

    private static PromotionStatus full() {
        PromotionStatus empty =
                Sample.status(Optional.of(Sample.abort("PROMO-001:1:abort:0/2")), Optional.of(Sample.TIME));
        Latencies latencies = new Latencies(Latencies.Snapshot.NONE);
        latencies.add(Duration.ofMillis(40));
        return new PromotionStatus(
                empty.promotion(),
                empty.table(),
                empty.phase(),
                empty.verdict(),
                empty.reason(),
                empty.window(),
                empty.counts(),
                new FindingTotals(1, 2, 3, 4),
                new WindowRate(2, 400, 0, Duration.ofDays(1)),
                List.of(new WindowRate(2, 40, 10, Duration.ofHours(1))),
                latencies.snapshot(),
                empty.abort(),
                new AfterAbort(14, 2, 1, Optional.of(Sample.TIME)),
                empty.abortsRaised(),
                new ApplicationLatency(
                        Map.of(Measure.P99, Duration.ofMillis(200)),
                        Map.of(
                                Measure.P99,
                                new WriteLatency(Measure.P99, Duration.ofMillis(250), Duration.ofMinutes(5))),
                        Optional.of(Sample.TIME)),
                Map.of(
                        "cases-by-priority",
                        new ReportTrigger.Standing(
                                new ReportReading("cases-by-priority", 2, 5, 0, Sample.TIME, false, true),
                                Optional.of(Sample.TIME))),
                empty.watermark(),
                empty.streamTime(),
                List.of(new CoverageGap(Lsn.parse("0/1"), Lsn.parse("0/2"), "slot recreated")),
                new PromotionStatus.Census(
                        Optional.of(new CensusResult(
                                Sample.TIME,
                                Lsn.parse("0/1A2B"),
                                Lsn.parse("0/1A2C"),
                                new CensusCounts(1_000, 800, 700, 7, Set.of()),
                                new CensusFound(2, 0, Disagreement.NONE))),
                        OptionalDouble.empty(),
                        Optional.of(Lsn.parse("0/1A2B")),
                        0),
                new PromotionStatus.Seen(
                        400,
                        true,
                        new Witnessed(Map.of(Operation.INSERT, 40L, Operation.UPDATE, 402L), 10, Set.of("low")),
                        Optional.of(Set.of("urgent"))),
                Optional.of(Sample.override()),
                Optional.of("1 of 1 rows that disagree are from worker-7, all since 09:30 UTC"),
                Sample.attribution(),
                Optional.empty());
    }

    @Test
    void aFindingIsTheContractsExample() throws IOException {
        assertGolden("finding", FindingJson.of(Sample.finding("f-1", Sample.KEY, FindingState.CONFIRMED, 1)));
    }

    @Test
    void aRaisedAbortCarriesEvidenceProcedureAndRunbook() throws IOException {
        assertGolden("abort-raised", AbortJson.raised(Sample.abort("PROMO-001:1:abort:0/2")));
    }

    @Test
    void aManualAbortHasNoFiguresAndAnotherRunbook() throws IOException {
        Abort manual = new Abort(
                "PROMO-001:1:abort:command-7",
                Sample.PROMOTION,
                AbortTrigger.MANUAL,
                Optional.empty(),
                Optional.empty(),
                Lsn.parse("0/2"),
                Lsn.parse("0/2"),
                Sample.TIME,
                Optional.of("ana"),
                "cases are lost",
                List.of(),
                Attribution.NONE,
                "");
        assertGolden("abort-manual", AbortJson.raised(manual));
        assertGolden(
                "abort-cleared",
                AbortJson.cleared(new AbortCleared(manual, Sample.TIME.plusSeconds(60), "ben", "false alarm")));
    }

    @Test
    void aHistoryRecordIsTheContractsExample() throws IOException {
        RowEvent event = new RowEvent(
                Operation.UPDATE,
                Sample.TABLE,
                Optional.of(Sample.KEY),
                Optional.empty(),
                Origin.LIVE,
                Optional.empty(),
                List.of());
        assertGolden("change", recorded(change(event, Parent.NOT_ASKED)));
    }

    @Test
    void theAnswerOfAParentLookUpIsInTheHistory() {
        RowEvent event = new RowEvent(
                Operation.UPDATE,
                Sample.TABLE,
                Optional.of(Sample.KEY),
                Optional.of(Sample.KEY),
                Origin.BACKFILL,
                Optional.of("app-7"),
                List.of());
        JsonNode node = recorded(change(event, Parent.GONE));
        assertThat(node.at("/sides/PROMO-001/parent").asText()).isEqualTo("gone");
        assertThat(node.get("origin").asText()).isEqualTo("backfill");
        assertThat(node.at("/old_key/id").asLong()).isEqualTo(88213);
    }

    @Test
    void aSideThatWasNotInTheLogIsToldAsReadFromTheRow() {
        RowEvent event = new RowEvent(
                Operation.UPDATE,
                Sample.TABLE,
                Optional.of(Sample.KEY),
                Optional.empty(),
                Origin.LIVE,
                Optional.empty(),
                List.of());
        Effect.ChangeRecorded logged = change(event, Parent.NOT_ASKED);
        Sides reread = new Sides(Sample.COLUMN, Sample.DOCUMENT, Parent.NOT_ASKED, Reread.DOCUMENT);
        JsonNode sides = recorded(
                        new Effect.ChangeRecorded(logged.eventId(), logged.change(), Map.of(Sample.PROMOTION, reread)))
                .at("/sides/PROMO-001");
        assertThat(sides.at("/document/read").asText()).isEqualTo("row");
        assertThat(sides.at("/column/read").isMissingNode()).isTrue();
        assertThat(SideJson.parse(sides.path("document"))).isEqualTo(Sample.DOCUMENT);
    }

    private static JsonNode recorded(Effect.ChangeRecorded change) {
        return Json.parse(ChangeJson.bytes(change));
    }

    private static Effect.ChangeRecorded change(RowEvent event, Parent parent) {
        Position position = new Position(Lsn.parse("0/1A2B"), 771, 3, Sample.TIME);
        return new Effect.ChangeRecorded(
                "1:change:0/1A2B:771:3",
                new RowChange(event, position, true),
                Map.of(Sample.PROMOTION, new Sides(Sample.COLUMN, Sample.DOCUMENT, parent)));
    }

    @Test
    void timesHaveExactlySixDigitsAndSecondsAreExact() {
        assertThat(Json.time(Sample.TIME)).isEqualTo("2025-01-16T09:30:00.500000Z");
        assertThat(Json.text(Json.seconds(Duration.ofMinutes(10)))).isEqualTo("600");
        assertThat(Json.text(Json.seconds(Duration.ofNanos(1_000)))).isEqualTo("0.000001");
        assertThat(Json.text(Json.seconds(Duration.ofMillis(1_250)))).isEqualTo("1.25");
    }

    private static void assertGolden(String name, JsonNode produced) throws IOException {
        try (InputStream file = ContractShapesTest.class.getResourceAsStream("/contract/" + name + ".json")) {
            JsonNode golden = Json.parse(Objects.requireNonNull(file, name).readAllBytes());
            assertThat(Json.parse(Json.bytes(produced)).toPrettyString()).isEqualTo(golden.toPrettyString());
        }
    }
}
