package io.promotionverifier.app.deploy;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.PromotionStatus;
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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The story that the examples of docs/topics.md are taken from, told to the real core: good writes, one write split
 * over two transactions, a deployment that forgets the column, an abort, a repair, a clear, and an abort by hand.
 */
final class SampleStory {
    private static final PromotionId ID = new PromotionId("PROMO-001");
    private static final TableName TABLE = new TableName("public", "nexus_cases");
    private static final Instant BEGIN = Instant.parse("2025-01-20T09:00:00Z");
    private static final long FIRST_LSN = 0x1A2B000;
    private static final long FIRST_TRANSACTION = 760;

    private final VerifierCore core;
    private final List<Effect> effects = new ArrayList<>();
    private Lsn end = new Lsn(FIRST_LSN);
    private long transaction = FIRST_TRANSACTION;
    private Optional<PromotionStatus> whileAborted = Optional.empty();

    private SampleStory() {
        CoreState nothingSeen = CoreState.initial(1, ResumePoint.startingAt(end), 0);
        core = new VerifierCore(List.of(promotion()), id -> SampleStory::sealed, nothingSeen, List.of(), end);
    }

    static SampleStory told() {
        SampleStory story = new SampleStory();
        story.heartbeat(0);
        for (int row = 0; row < 12; row++) {
            story.writes(1_000 + 500 * row, 88_201 + row, "high", "high");
        }
        story.writes(8_000, 88_213, "urgent", "high");
        story.writes(8_180, 88_213, "urgent", "urgent");
        story.heartbeat(11_000);
        for (int row = 0; row < 4; row++) {
            story.writes(20_000 + 700 * row, 88_214 + row, "", "high");
        }
        story.heartbeat(61_000);
        story.whileAborted = Optional.of(story.core.checkpoint().statuses().get(0));
        story.writes(240_000, 88_214, "high", "high");
        story.heartbeat(241_000);
        story.orders(Command.Kind.CLEAR, 0, 600, "deployment 4711 rolled back, rows repaired");
        story.orders(Command.Kind.RAISE, 1, 900, "priority filter shows wrong cases");
        return story;
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    PromotionStatus whileAborted() {
        return whileAborted.orElseThrow();
    }

    private void heartbeat(long millis) {
        end = new Lsn(end.value() + 0x60);
        step(new Input.Arrived(new Arrival.Heartbeat(end, BEGIN.plusMillis(millis))));
    }

    /** One row in a transaction of its own; an empty column is NULL. */
    private void writes(long millis, long id, String column, String document) {
        ColumnValue promoted = column.isEmpty() ? new ColumnValue.Null() : new ColumnValue.Present(column);
        Reading reading = new Reading(promoted, new DocumentValue.Present(DocumentValue.Shape.STRING, document));
        RowEvent event = new RowEvent(
                Operation.UPDATE,
                TABLE,
                Optional.of(new RowKey("{\"id\": " + id + "}")),
                Optional.empty(),
                Origin.LIVE,
                Optional.of(column.isEmpty() ? "checkout@4711" : "checkout@4710"),
                List.of(reading));
        Lsn row = new Lsn(end.value() + 0x40);
        step(new Input.Arrived(new Arrival.Row(transaction, row, Optional.of(end), BEGIN.plusMillis(millis), event)));
        end = new Lsn(row.value() + 0x78);
        transaction++;
    }

    private void orders(Command.Kind kind, long number, long seconds, String reason) {
        step(new Input.Ordered(new Command(kind, ID, reason, "ana", BEGIN.plusSeconds(seconds), number)));
    }

    private void step(Input input) {
        effects.addAll(core.step(input));
    }

    static Promotion promotion() {
        return promotion(ID, Capture.ALL);
    }

    /** The same promotion, under another name, of a table of which the server sends suspects only. */
    static Promotion screenedPromotion() {
        return promotion(new PromotionId("PROMO-002"), Capture.SUSPECTS);
    }

    private static Promotion promotion(PromotionId id, Capture capture) {
        return new Promotion(
                id,
                TABLE,
                new DocumentPath("metadata", List.of("priority")),
                "priority",
                ColumnType.of(ColumnType.Kind.TEXT, "text"),
                Phase.B,
                Optional.empty(),
                "architecture-team",
                new Promotion.Domain(Optional.of(Set.of("low", "normal", "high", "urgent")), false),
                Optional.empty(),
                List.of(),
                new Promotion.Policy(
                        Duration.ofDays(30),
                        Duration.ofSeconds(30),
                        new SessionRules(17, Optional.empty()),
                        new MismatchRatePolicy(
                                0.001, MismatchRatePolicy.Mode.SEQUENTIAL, 0.01, 2995, Duration.ofHours(24)),
                        new LatencyPolicy(
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(15),
                                100,
                                Optional.empty(),
                                OptionalDouble.empty()),
                        capture));
    }

    /** As long as the product's digests, with no secret in it. */
    private static SealedValue sealed(String canonical) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return new SealedValue(HexFormat.of().formatHex(hash, 0, 16), canonical.length(), false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
