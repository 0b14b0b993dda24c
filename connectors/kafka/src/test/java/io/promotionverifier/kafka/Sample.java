package io.promotionverifier.kafka;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Author;
import io.promotionverifier.core.ledger.Breakdown;
import io.promotionverifier.core.ledger.Counters;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Share;
import io.promotionverifier.core.pipeline.AfterAbort;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingOrigin;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.core.settle.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The examples of the contract, as the core would hand them over. */
public final class Sample {
    public static final PromotionId PROMOTION = new PromotionId("PROMO-001");
    public static final TableName TABLE = new TableName("public", "nexus_cases");
    public static final RowKey KEY = new RowKey("{\"id\": 88213}");
    public static final Instant TIME = Instant.parse("2025-01-16T09:30:00.5Z");
    public static final Side COLUMN = new Side.Known(new SealedValue("9f86d081884c7d65", 6, false));
    public static final Side DOCUMENT = new Side.Known(new SealedValue("2c26b46b68ffc68f", 4, false));

    private Sample() {}

    public static Finding finding(String id, RowKey key, FindingState state, int revision) {
        return new Finding(
                id,
                PROMOTION,
                TABLE,
                key,
                state,
                MismatchKind.VALUE_DIFFERS,
                COLUMN,
                DOCUMENT,
                new Moment(Lsn.parse("0/1A2B"), OptionalLong.of(771), TIME),
                state == FindingState.SUSPECTED
                        ? Optional.empty()
                        : Optional.of(new Moment(Lsn.parse("0/1A4C"), OptionalLong.of(772), TIME.plusSeconds(31))),
                Optional.empty(),
                Optional.empty(),
                FindingOrigin.STREAM,
                Origin.LIVE,
                Author.of(Operation.UPDATE, Optional.of("worker-7"), TIME),
                1,
                revision);
    }

    public static Effect turned(String id, RowKey key, FindingState state, int revision) {
        return new Effect.FindingTurned(
                new Turn(finding(id, key, state, revision), revision == 0), TIME.plusSeconds(revision));
    }

    public static Abort abort(String id) {
        return new Abort(
                id,
                PROMOTION,
                AbortTrigger.MISMATCH_RATE,
                Optional.of("sequential"),
                Optional.of(new Abort.Evidence(0.0121, 0.001, 380, 5, Duration.ofHours(1))),
                Lsn.parse("0/1"),
                Lsn.parse("0/2"),
                TIME,
                Optional.empty(),
                "5 of 380 rows mismatch, the limit is 0.1 %",
                List.of(finding("PROMO-001:1:0/1A2B", KEY, FindingState.CONFIRMED, 1)),
                attribution(),
                "BEGIN;\nCOMMIT;\n");
    }

    /** Two changes of one writer, of which one is a finding, and one of nobody who says. */
    public static Attribution attribution() {
        Breakdown breakdown = new Breakdown();
        Counters counters = new Counters(Counts.none(), breakdown);
        Author worker = Author.of(Operation.UPDATE, Optional.of("worker-7"), TIME);
        counters.count(worker, new Outcome.Mismatched(MismatchKind.VALUE_DIFFERS));
        counters.count(worker, new Outcome.Matched());
        counters.count(Author.of(Operation.INSERT, Optional.empty(), TIME), new Outcome.Matched());
        breakdown.came(worker, Share.CONFIRMED, TIME);
        return breakdown.slices();
    }

    public static PromotionStatus status(Optional<Abort> abort, Optional<Instant> streamTime) {
        return new PromotionStatus(
                PROMOTION,
                TABLE,
                Phase.B,
                Verdict.OK,
                "0 of 120433 settled rows mismatch (95 % sure: below 0.0025 %); 13 days of the window left",
                new PromotionStatus.Window(
                        streamTime, Duration.ofDays(30), Duration.ofSeconds(1468800), Duration.ofSeconds(252)),
                Counts.none(),
                FindingTotals.NONE,
                new WindowRate(0, 0, 0, Duration.ofDays(1)),
                List.of(),
                Latencies.Snapshot.NONE,
                abort,
                AfterAbort.NOTHING,
                Map.of(),
                ApplicationLatency.UNKNOWN,
                Map.of(),
                Lsn.parse("0/16B3748"),
                streamTime,
                List.of(),
                PromotionStatus.Census.NONE,
                PromotionStatus.Seen.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Attribution.NONE,
                Optional.empty());
    }

    public static GateOverride override() {
        return new GateOverride(
                "PROMO-001:1:gate-override:command-7",
                PROMOTION,
                Phase.C,
                List.of("verified_time"),
                TIME,
                "ana",
                "the board decided");
    }
}
