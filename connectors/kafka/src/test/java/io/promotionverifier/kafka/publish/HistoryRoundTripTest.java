package io.promotionverifier.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.census.TransactionSnapshot;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.ledger.TableCount;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.core.promotion.Waiver;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.history.HistoryHoleException;
import io.promotionverifier.kafka.history.HistoryItem;
import io.promotionverifier.kafka.history.HistoryReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the core was told comes back from the history as it went in: all of it that a replay needs. */
class HistoryRoundTripTest {
    private static final Instant NO_MATTER = Instant.EPOCH;
    private static final EventRecords RECORDS = new EventRecords("verifier", "nexus", true);

    private final List<HistoryItem> read = new ArrayList<>();
    private final HistoryReader reader = new HistoryReader("verifier.history", read::add);
    private long number;

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record, long number) {
        ConsumerRecord<String, byte[]> consumed =
                new ConsumerRecord<>(record.topic(), 0, number, record.key(), record.value());
        record.headers().forEach(header -> consumed.headers().add(header));
        EventHeaders.add(consumed.headers(), EventHeaders.SEQUENCE, Long.toString(number));
        EventHeaders.add(consumed.headers(), EventHeaders.CHECKPOINT, "1/7");
        return consumed;
    }

    private void tell(Effect effect) {
        reader.accept(consumed(RECORDS.of(effect).orElseThrow(), ++number));
    }

    private static Effect.RunRecorded run() {
        Promotion promotion = new Promotion(
                Sample.PROMOTION,
                Sample.TABLE,
                new DocumentPath("metadata", List.of("ui", "it's")),
                "theme",
                ColumnType.array("numeric(10,2)[]", ColumnType.numeric(10, 2)),
                Phase.B,
                Optional.of(Sample.TIME),
                "architecture-team",
                new Promotion.Domain(Optional.of(Set.of("a", "b")), true),
                Optional.of(new Promotion.Reference(Sample.TABLE)),
                List.of(new Waiver(Set.of(Sample.KEY), "legacy", "ana", Sample.TIME)),
                new Promotion.Policy(
                        Duration.ofDays(30),
                        Duration.ofMillis(1),
                        new SessionRules(17, Optional.of(ZoneId.of("Europe/Madrid"))),
                        new MismatchRatePolicy(
                                0.001, MismatchRatePolicy.Mode.SEQUENTIAL, 0.01, 2995, Duration.ofHours(24)),
                        new LatencyPolicy(
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(15),
                                100,
                                Optional.of(Duration.ofMillis(250)),
                                OptionalDouble.of(0.3)),
                        Capture.SUSPECTS));
        return new Effect.RunRecorded(
                "1:run:3",
                1,
                "0.6",
                List.of(new Rules(promotion, false, Optional.of(Set.of("9f86", "2c26")))),
                new Room.Size(1_000, 1L << 40),
                NO_MATTER);
    }

    private static Effect change(Operation operation, Optional<RowKey> key, Optional<RowKey> old, Sides... sides) {
        RowEvent event =
                new RowEvent(operation, Sample.TABLE, key, old, Origin.BACKFILL, Optional.of("app@1.2"), List.of());
        Position position = new Position(Lsn.parse("0/1A2B"), 771, 3, Sample.TIME);
        return new Effect.ChangeRecorded(
                "1:change",
                new RowChange(event, position, true),
                sides.length == 0 ? Map.of() : Map.of(Sample.PROMOTION, sides[0]));
    }

    private static Effect written(Side column, Side document, Parent parent, Reread reread) {
        return change(
                Operation.UPDATE,
                Optional.of(Sample.KEY),
                Optional.empty(),
                new Sides(column, document, parent, reread));
    }

    private static Effect input(Input input) {
        return new Effect.InputRecorded("1:input", input, Lsn.parse("A/16B3748"), NO_MATTER);
    }

    private static Effect command(Command.Kind kind, Optional<WriteLatency> told, Optional<Command.Overruled> what) {
        return input(new Input.Ordered(new Command(kind, Sample.PROMOTION, "why", "ana", Sample.TIME, 7, told, what)));
    }

    private static CensusChunk chunk() {
        return new CensusChunk(
                new CensusChunk.Place(Sample.TABLE, 2, 3),
                Optional.empty(),
                new CensusChunk.End(List.of(), true),
                List.of(new CensusCounts(10, 9, 8, 1, Set.of("a"))),
                List.of(new CensusRow(Sample.KEY, 1L << 33, List.of())));
    }

    static Stream<Effect> told() {
        SealedValue digest = new SealedValue("9f86d081884c7d65", 6, false);
        WriteLatency figure =
                new WriteLatency(WriteLatency.Measure.MEAN, Duration.ofMillis(120), Duration.ofMinutes(1));
        CoverageGap open = new CoverageGap(Lsn.ZERO, Optional.empty(), "why", Set.of(Sample.PROMOTION), true);
        CoverageGap ended = new CoverageGap(Lsn.ZERO, Lsn.parse("0/2"), "slot lost");
        return Stream.of(
                written(new Side.Known(digest), new Side.Uncastable(digest), Parent.NOT_ASKED, Reread.NONE),
                written(new Side.Null(), new Side.Absent(Absence.JSON_NULL), Parent.GONE, Reread.BOTH),
                written(
                        new Side.Known(new SealedValue("é\n\"", 3, true)),
                        new Side.Unavailable(UnverifiableReason.VOLATILE),
                        Parent.UNKNOWN,
                        Reread.COLUMN),
                change(
                        Operation.DELETE,
                        Optional.of(new RowKey("{\"a\": 1.50, \"b\": \"|{\\\"x\"}")),
                        Optional.empty()),
                change(Operation.INSERT, Optional.of(Sample.KEY), Optional.of(new RowKey("{\"id\": 1}"))),
                change(Operation.TRUNCATE, Optional.empty(), Optional.empty()),
                new Effect.TimeRecorded("t", new Moment(Lsn.parse("0/9"), OptionalLong.empty(), Sample.TIME)),
                new Effect.CoverageChanged("c", Lsn.parse("0/9"), List.of(open), List.of(ended), true, NO_MATTER),
                new Effect.CensusRecorded(
                        "x",
                        chunk(),
                        List.of(Sample.PROMOTION),
                        List.of(Map.of(
                                Sample.PROMOTION, new Sides(new Side.Null(), new Side.Known(digest), Parent.PRESENT))),
                        new Moment(Lsn.parse("0/9"), OptionalLong.empty(), Sample.TIME)),
                command(Command.Kind.CLEAR, Optional.empty(), Optional.empty()),
                command(Command.Kind.WRITE_LATENCY, Optional.of(figure), Optional.empty()),
                command(
                        Command.Kind.GATE_OVERRIDE,
                        Optional.empty(),
                        Optional.of(new Command.Overruled(Phase.C, List.of("null-rate")))),
                input(new Input.Silence("no data for 30 s")),
                input(new Input.GapFound(ended)),
                input(new Input.LatencyMeasured(Sample.PROMOTION, figure, Sample.TIME)),
                input(new Input.Counted(Sample.TABLE, new TableCount(1, 2, 3, Sample.TIME))),
                input(new Input.ReportRead(
                        Sample.PROMOTION, new ReportReading("r", 1, 2, 3, Sample.TIME, true, false))),
                input(new Input.CensusBegun(
                        Sample.TABLE,
                        new CensusChunk.View(new TransactionSnapshot(9, 9, Set.of()), Lsn.parse("0/9")),
                        100)));
    }

    @ParameterizedTest
    @MethodSource("told")
    void whatWasToldComesBack(Effect effect) {
        tell(run());
        tell(effect);
        assertThat(read).hasSize(2).last().isInstanceOfSatisfying(HistoryItem.Told.class, told -> {
            assertThat(told.recorded()).isEqualTo(effect);
            assertThat(told.place()).isEqualTo(new HistoryItem.Place(2, 2, 7));
        });
    }

    @Test
    void theRulesOfARunComeBack() {
        tell(run());
        assertThat(read)
                .singleElement()
                .isInstanceOfSatisfying(
                        HistoryItem.Told.class,
                        told -> assertThat(told.recorded()).isEqualTo(run()));
    }

    @Test
    void aMissingRecordIsSeen() {
        tell(run());
        number++;
        assertThatThrownBy(() -> tell(run()))
                .isInstanceOf(HistoryHoleException.class)
                .hasMessageContaining("verifier.history")
                .hasMessageContaining("after record 1 comes record 3");
    }

    @Test
    void aRecordOfANewerVerifierIsRefused() {
        ConsumerRecord<String, byte[]> strange = consumed(RECORDS.of(run()).orElseThrow(), 1);
        strange.headers().remove(EventHeaders.TYPE);
        EventHeaders.add(strange.headers(), EventHeaders.TYPE, "verifier.novelty.v1");
        assertThatThrownBy(() -> reader.accept(strange))
                .isInstanceOf(HistoryHoleException.class)
                .hasMessageContaining("verifier.novelty.v1")
                .hasMessageContaining("newer verifier");
    }
}
