package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.TransactionSnapshot;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** PROMO-001 as the daemon holds it, and a line that verifies nothing else. */
final class Promoted {
    static final Promotion PRIORITY = new Promotion(
            new PromotionId("PROMO-001"),
            new TableName("public", "nexus_cases"),
            new DocumentPath("metadata", List.of("priority")),
            "priority",
            ColumnType.of(ColumnType.Kind.TEXT, "text"),
            Phase.B,
            Optional.empty(),
            "architecture-team",
            Promotion.Domain.ALL,
            Optional.empty(),
            List.of(),
            new Promotion.Policy(
                    Duration.ofDays(30),
                    Duration.ofSeconds(30),
                    new SessionRules(17, Optional.empty()),
                    new MismatchRatePolicy(0.99, MismatchRatePolicy.Mode.STRICT, 0.01, 1_000, Duration.ofHours(24)),
                    new LatencyPolicy(
                            Duration.ofSeconds(2),
                            Duration.ofMinutes(15),
                            100,
                            Optional.empty(),
                            OptionalDouble.empty()),
                    Capture.ALL));

    private Promoted() {}

    static Meters meters(Board board) {
        return new Meters(board, List.of(), "nexus", new Meters.BuildInfo("1", "1", "1", "17"));
    }

    /** A census of a table without rows, from its begin to its end. */
    static void takeCensus(CaptureLine line) throws InterruptedException {
        CensusChunk.View view = new CensusChunk.View(TransactionSnapshot.parse("10:10:"), new Lsn(5));
        line.census(new Input.CensusBegun(PRIORITY.table(), view, 0));
        passes(line, 6);
        CensusAgenda.Task task = line.census().task().orElseThrow();
        line.census(new CensusChunk(
                task.place(),
                Optional.of(view),
                new CensusChunk.End(List.of(), true),
                List.of(CensusCounts.NONE),
                List.of()));
        passes(line, 7);
        line.finish();
    }

    private static void passes(CaptureLine line, long lsn) throws InterruptedException {
        Arrival heartbeat = new Arrival.Heartbeat(new Lsn(lsn), Instant.parse("2025-01-20T11:59:00Z"));
        line.handler().onBatch(List.of(heartbeat), watermark -> {});
    }

    static CaptureLine line(CheckpointSink sink, Board board, Clock clock, Promotion... promotions) {
        VerifierCore core = new VerifierCore(
                List.of(promotions),
                id -> ValueSeal.PLAIN,
                CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0),
                List.of(),
                Lsn.ZERO);
        return new CaptureLine(core, sink, (asked, arrivals) -> arrivals, board, meters(board), clock);
    }
}
