package io.promotionverifier.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.app.assembly.Reports.Report;
import io.promotionverifier.app.assembly.Reports.Source;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.ReportTrouble;
import io.promotionverifier.app.board.SourceVitals;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.report.GeneratedPair;
import io.promotionverifier.postgres.report.ReportPair;
import io.promotionverifier.postgres.report.ReportReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a report is read. The server is one that nobody reaches, so whoever reads is told apart from who waits. */
class ReportClerkTest {
    private static final Instant NOON = Instant.parse("2025-01-20T12:00:00Z");
    private static final String WAITING = "not read yet";
    private static final String UNREACHABLE = "jdbc:postgresql://127.0.0.1:1/postgres";

    private final Board board = new Board();
    private final ManualClock clock = new ManualClock(NOON);
    private final CaptureLine line = Promoted.line(new Nowhere(), board, clock, Promoted.PRIORITY);
    private final ReportClerk clerk = new ReportClerk(
            new ReportReader(new PostgresAccess(UNREACHABLE, "nobody", () -> "")),
            line,
            board,
            Promoted.meters(board),
            clock);

    /** Keeps nothing. */
    private static final class Nowhere implements CheckpointSink {
        @Override
        public void publish(List<Effect> effects) {}

        @Override
        public boolean wantsWhole() {
            return false;
        }

        @Override
        public void commit(Checkpoint checkpoint, boolean withStatus, SourceVitals vitals) {}
    }

    private static Report report(String id, Source source) {
        return new Report(Promoted.PRIORITY.id(), id, Duration.ofHours(1), Duration.ofSeconds(30), 0, false, source);
    }

    @BeforeEach
    void takeOnBothKinds() {
        GeneratedPair generated = GeneratedPair.of(Promoted.PRIORITY, List.of("id"), Optional.empty())
                .orElseThrow();
        ReportPair written = new ReportPair("written", "SELECT 1", "SELECT 1", Optional.empty());
        clerk.takeOn(report("generated", new Source.Generated(generated)), Map.of());
        clerk.takeOn(report("written", new Source.Written(written)), Map.of());
    }

    private void streamIs(Duration behind) throws InterruptedException {
        line.handler().onBatch(List.of(new Arrival.Heartbeat(new Lsn(10), NOON)), watermark -> {});
        line.finish();
        board.vitals(new SourceVitals(
                Optional.of(NOON), Optional.of(NOON.plus(behind)), Optional.of(new Lsn(1_000)), OptionalLong.empty()));
    }

    private String trouble(String report) {
        return board.reportTroubles().stream()
                .filter(trouble -> trouble.report().id().equals(report))
                .map(ReportTrouble::why)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGeneratedPairWaitsWhileTheStreamHasToCatchUpAndOneThatSomebodyWroteDoesNot() throws InterruptedException {
        line.streamFrom(Lsn.ZERO);
        Promoted.takeCensus(line);
        streamIs(Duration.ofMinutes(5));
        clerk.run();
        assertThat(trouble("generated")).isEqualTo(WAITING);
        assertThat(trouble("written")).isNotEqualTo(WAITING);

        streamIs(Duration.ofSeconds(2));
        clerk.run();
        assertThat(trouble("generated")).isNotEqualTo(WAITING);
    }

    @Test
    void aGeneratedPairWaitsUntilACensusHasToldWhichRowsDisagree() throws InterruptedException {
        line.streamFrom(Lsn.ZERO);
        streamIs(Duration.ofSeconds(2));
        clock.pass(Duration.ofHours(2));
        clerk.run();
        assertThat(trouble("generated")).isEqualTo(WAITING);

        Promoted.takeCensus(line);
        clerk.run();
        assertThat(trouble("generated")).isNotEqualTo(WAITING);
    }

    @Test
    void nobodyKnowsAtFirstHowFarBehindTheStreamIs() {
        clerk.run();
        assertThat(trouble("generated")).isEqualTo(WAITING);
    }

    @Test
    void aStreamThatNeverCatchesUpDoesNotKeepTheReportsWaitingForEver() throws InterruptedException {
        line.streamFrom(Lsn.ZERO);
        Promoted.takeCensus(line);
        streamIs(Duration.ofHours(5));
        clock.pass(Duration.ofHours(1));
        clerk.run();
        assertThat(trouble("generated")).isNotEqualTo(WAITING);
    }
}
