package io.promotionverifier.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.SourceVitals;
import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.engine.ArrivalHandler;
import io.promotionverifier.postgres.engine.Confirmation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The line between an engine and Kafka: what is told, when it may be confirmed, and what ends it. */
class CaptureLineTest {
    private static final Instant NOON = Instant.parse("2025-01-20T12:00:00Z");
    private static final Confirmation NOBODY = watermark -> {};

    private final Kafka kafka = new Kafka();
    private final Board board = new Board();
    private final CaptureLine line = Promoted.line(kafka, board, Clock.fixed(NOON, ZoneOffset.UTC));
    private final ManualClock clock = new ManualClock(NOON);

    /** A line that finds something in a row. */
    private final CaptureLine finding = Promoted.line(kafka, board, clock, Promoted.PRIORITY);

    /** What Kafka keeps: nothing before a commit, and that only while it answers. */
    private static final class Kafka implements CheckpointSink {
        private final List<Effect> open = new ArrayList<>();
        private final List<Effect> committed = new ArrayList<>();
        private boolean failing;
        private Runnable whileCommitting = () -> {};

        @Override
        public void publish(List<Effect> effects) {
            open.addAll(effects);
        }

        @Override
        public boolean wantsWhole() {
            return false;
        }

        @Override
        public void commit(Checkpoint checkpoint, boolean withStatus, SourceVitals vitals) {
            if (failing) {
                throw new IllegalStateException("no broker");
            }
            whileCommitting.run();
            committed.addAll(open);
            open.clear();
        }

        long findings() {
            return committed.stream()
                    .filter(Effect.FindingTurned.class::isInstance)
                    .count();
        }

        List<String> changes() {
            return committed.stream()
                    .filter(Effect.ChangeRecorded.class::isInstance)
                    .map(Effect::eventId)
                    .toList();
        }
    }

    private static Arrival row(long transaction, long lsn) {
        RowEvent event = new RowEvent(
                Operation.DELETE,
                new TableName("public", "nexus_cases"),
                Optional.of(new RowKey("{\"id\": " + lsn + "}")),
                Optional.empty(),
                Origin.LIVE,
                Optional.empty(),
                List.of());
        return new Arrival.Row(transaction, new Lsn(lsn), Optional.empty(), NOON, event);
    }

    private static List<Arrival> mismatch(long transaction, long lsn) {
        RowEvent event = new RowEvent(
                Operation.INSERT,
                Promoted.PRIORITY.table(),
                Optional.of(new RowKey("{\"id\": " + lsn + "}")),
                Optional.empty(),
                Origin.LIVE,
                Optional.empty(),
                List.of(new Reading(
                        new ColumnValue.Present("high"), new DocumentValue.Present(DocumentValue.Shape.PLAIN, "low"))));
        return List.of(new Arrival.Row(transaction, new Lsn(lsn), Optional.empty(), NOON, event), end(lsn + 5));
    }

    private static Arrival end(long lsn) {
        return new Arrival.Heartbeat(new Lsn(lsn), NOON);
    }

    @Test
    void whatAnEngineStillShowsAfterAnotherBeganIsDroppedAndComesOnceFromTheOther() throws InterruptedException {
        line.streamFrom(Lsn.ZERO);
        ArrivalHandler slow = line.handler();
        slow.onBatch(List.of(row(1, 10), end(20)), NOBODY);

        line.streamFrom(Lsn.ZERO);
        ArrivalHandler next = line.handler();
        slow.onBatch(List.of(row(2, 30), end(40)), NOBODY);
        next.onBatch(List.of(row(1, 10), end(20), row(2, 30), end(40)), NOBODY);
        line.finish();

        assertThat(kafka.changes()).hasSize(2).doesNotHaveDuplicates();
        assertThat(line.watermark()).isEqualTo(new Lsn(40));
    }

    @Test
    void nothingIsToldToBeDurableBeforeItsCommitAndNothingToTheEngineOfBefore() throws InterruptedException {
        List<Lsn> first = new ArrayList<>();
        List<Lsn> second = new ArrayList<>();
        line.streamFrom(Lsn.ZERO);
        line.handler().onBatch(List.of(row(1, 10), end(20)), watermark -> {
            assertThat(kafka.changes()).hasSize(1);
            first.add(watermark);
        });
        line.finish();
        assertThat(first).contains(new Lsn(20));

        line.streamFrom(new Lsn(20));
        int told = first.size();
        line.finish();
        line.handler().onBatch(List.of(end(50)), second::add);
        line.finish();
        assertThat(first).hasSize(told);
        assertThat(second).contains(new Lsn(50));
    }

    @Test
    void aCommitThatFailsLeavesTheLineBrokenAndNothingMoreIsTold() throws InterruptedException {
        line.streamFrom(Lsn.ZERO);
        ArrivalHandler handler = line.handler();
        handler.onBatch(List.of(), NOBODY);
        handler.onBatch(List.of(row(1, 10), end(20)), NOBODY);
        kafka.failing = true;
        assertThatThrownBy(line::finish).hasMessage("no broker");
        kafka.failing = false;

        assertThat(line.broken()).isPresent();
        assertThatThrownBy(() -> handler.onBatch(List.of(end(30)), NOBODY)).isInstanceOf(LineBrokenException.class);
        assertThatThrownBy(line::finish).isInstanceOf(LineBrokenException.class);
        line.tick();
        assertThat(kafka.changes()).isEmpty();
        assertThat(line.awaitingKafkaSince()).isEmpty();
    }

    @Test
    void whatIsFoundRightBehindACommitIsToldByATickAsSoonAsTheCommitHasRested() throws InterruptedException {
        finding.streamFrom(Lsn.ZERO);
        kafka.whileCommitting = () -> clock.pass(Duration.ofMillis(4));
        finding.finish();
        finding.handler().onBatch(mismatch(1, 10), NOBODY);
        clock.pass(Duration.ofMillis(3));
        finding.tick();
        assertThat(kafka.findings()).isZero();
        clock.pass(Duration.ofMillis(1));
        finding.tick();
        assertThat(kafka.findings()).isEqualTo(1);
    }

    @Test
    void aSlowCommitRestsNoLongerThanAQuickOne() throws InterruptedException {
        finding.streamFrom(Lsn.ZERO);
        kafka.whileCommitting = () -> clock.pass(Duration.ofMillis(90));
        finding.finish();
        clock.pass(Duration.ofMillis(10));
        finding.handler().onBatch(mismatch(1, 10), NOBODY);
        assertThat(kafka.findings()).isEqualTo(1);
    }

    /** A commit for each finding would hold up what waits behind it. */
    @Test
    void whileMuchWaitsAFindingIsToldWithTheCadence() throws InterruptedException {
        finding.streamFrom(Lsn.ZERO);
        finding.finish();
        clock.pass(Duration.ofMillis(15));
        List<Arrival> many = new ArrayList<>(mismatch(1, 10));
        for (int i = 0; i < 200; i++) {
            many.add(end(20 + i));
        }
        finding.handler().onBatch(many, NOBODY);
        finding.tick();
        assertThat(kafka.findings()).isZero();
        clock.pass(Duration.ofMillis(200));
        finding.tick();
        assertThat(kafka.findings()).isEqualTo(1);
    }
}
