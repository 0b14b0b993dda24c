package io.promotionverifier.kafka;

import io.promotionverifier.core.census.Baseline;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusFound;
import io.promotionverifier.core.census.CensusProgress;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.CensusState;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.census.Unremembered;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.DistinctSketch;
import io.promotionverifier.core.judge.MismatchRateTrigger.TallyName;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.RowLadder;
import io.promotionverifier.core.judge.Rung;
import io.promotionverifier.core.judge.Tally;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.judge.WriteLatency.Measure;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Author;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Estimate;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Slice;
import io.promotionverifier.core.ledger.TableCount;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.pipeline.AfterAbort;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.PromotionState;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingOrigin;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.core.settle.MismatchedVersion;
import io.promotionverifier.core.settle.Resolution;
import io.promotionverifier.core.settle.RowRecord;
import io.promotionverifier.core.settle.TouchedRow;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.state.Anchor;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything the core can remember, by chance; the same seed gives the same. */
public final class Samples {
    public static final Anchor ANCHOR = new Anchor("7300", "1", "nexus", "verifier_nexus", "cap", "key", "conf");

    private static final List<String> KEYS = List.of(
            "{\"id\": 88213}",
            "{\"id\": \"a|b \\\" ü \\\\ 🙂\"}",
            "{\"a\": 1.50, \"b\": [1, null]}",
            "{\"n\": 123456789012345678901234567890}");

    private final Random random;

    public Samples(long seed) {
        random = new Random(seed);
    }

    public PromotionId promotion() {
        return new PromotionId(pick("PROMO-001", "PROMO-003", "x.y_z-1"));
    }

    public RowKey key() {
        return new RowKey(random.nextBoolean() ? KEYS.get(random.nextInt(KEYS.size())) : "{\"id\": " + number() + "}");
    }

    public Side side() {
        return switch (random.nextInt(5)) {
            case 0 -> new Side.Known(sealed());
            case 1 -> new Side.Null();
            case 2 -> new Side.Absent(pick(Absence.values()));
            case 3 -> new Side.Uncastable(sealed());
            default -> new Side.Unavailable(pick(UnverifiableReason.values()));
        };
    }

    private SealedValue sealed() {
        String text = pick("", "high", "ü🙂", "\u0001 \"quoted\"");
        return random.nextBoolean()
                ? new SealedValue(text, text.codePointCount(0, text.length()), true)
                : new SealedValue(Long.toHexString(random.nextLong()), random.nextInt(1_000), false);
    }

    public Finding finding() {
        boolean converged = random.nextBoolean();
        Moment opened = moment();
        Author author = random.nextBoolean()
                ? Author.of(pick(Operation.values()), maybe(() -> pick("app@1|2", "ü")), opened.time())
                : Author.UNSEEN;
        return new Finding(
                "f" + number(),
                promotion(),
                new TableName(pick("public", "My.Schema"), pick("nexus_cases", "a.b")),
                key(),
                pick(FindingState.values()),
                pick(MismatchKind.values()),
                side(),
                side(),
                opened,
                maybe(this::moment),
                converged ? Optional.of(duration()) : Optional.empty(),
                maybe(() -> pick(Resolution.values())),
                pick(FindingOrigin.values()),
                pick(Origin.values()),
                author,
                random.nextInt(9) + 1,
                random.nextInt(9));
    }

    public Abort abort() {
        boolean manual = random.nextBoolean();
        return new Abort(
                "a" + number(),
                promotion(),
                pick(AbortTrigger.values()),
                manual ? Optional.empty() : Optional.of("sequential"),
                manual
                        ? Optional.empty()
                        : Optional.of(new Abort.Evidence(random.nextDouble(), 0.001, number(), number(), duration())),
                lsn(),
                lsn(),
                time(),
                manual ? Optional.of("ana") : Optional.empty(),
                "because",
                Stream.generate(this::finding).limit(random.nextInt(3)).toList(),
                random.nextBoolean() ? Sample.attribution() : Attribution.NONE,
                "ALTER TABLE x\n DROP COLUMN \"y\";");
    }

    public CoreState core() {
        Map<PromotionId, PromotionState> promotions = new HashMap<>();
        IntStream.range(0, 3).forEach(i -> promotions.put(promotion(), promotionState()));
        return new CoreState(
                number(),
                new ResumePoint(
                        maybe(() -> new ResumePoint.Closed(number(), lsn())),
                        lsn(),
                        maybe(() -> new ResumePoint.Partial(number(), lsn(), number()))),
                maybe(this::time),
                promotions,
                Stream.generate(this::gap).limit(random.nextInt(3)).toList(),
                maybe(() -> "no heartbeat for 30 s"),
                number(),
                lsn(),
                new CensusState(
                        number(),
                        maybe(this::progress),
                        List.of(new TableName("public", "a.b")),
                        random.nextBoolean(),
                        random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty()));
    }

    private CoverageGap gap() {
        Set<PromotionId> concerned = random.nextBoolean() ? Set.of() : Set.of(promotion());
        return new CoverageGap(lsn(), maybe(this::lsn), "slot recreated", concerned, random.nextBoolean());
    }

    private Latencies.Snapshot latencies() {
        Latencies latencies = new Latencies(Latencies.Snapshot.NONE);
        IntStream.range(0, random.nextInt(50)).forEach(i -> latencies.add(duration()));
        return latencies.snapshot();
    }

    private PromotionState promotionState() {
        return new PromotionState(
                counts(),
                new FindingTotals(number(), number(), number(), number()),
                latencies(),
                maybe(this::time),
                duration(),
                duration(),
                maybe(this::abort),
                new AfterAbort(number(), number(), number(), maybe(this::time)),
                Map.of("MANUAL", number()),
                maybe(() -> pick(Phase.values())),
                number(),
                new ApplicationLatency(
                        Map.of(pick(Measure.values()), duration()),
                        random.nextBoolean() ? Map.of(Measure.P99, figure()) : Map.of(),
                        maybe(this::time)),
                Map.of("cases-by-priority", new ReportTrigger.Standing(reading(), maybe(this::time))),
                new PromotionCensus(
                        censusCounts(),
                        censusFound(),
                        maybe(() -> new CensusResult(time(), lsn(), lsn(), censusCounts(), censusFound())),
                        maybe(() -> new Baseline(number(), number(), "B|metadata|[priority]")),
                        lsn(),
                        maybe(this::time),
                        random.nextBoolean(),
                        new Unremembered(number(), number(), number())),
                new Witnessed(Map.of(Operation.DELETE, number()), number(), Set.of("low")),
                maybe(Sample::override),
                maybe(() -> new Estimate(
                        number(), number(), number(), time(), new TableCount(number(), number(), number(), time()))));
    }

    private WriteLatency figure() {
        return new WriteLatency(Measure.P99, duration(), duration());
    }

    private ReportReading reading() {
        return new ReportReading(
                "cases-by-priority", number(), number(), number(), time(), random.nextBoolean(), random.nextBoolean());
    }

    private CensusProgress progress() {
        return new CensusProgress(
                number(),
                new TableName("public", "nexus.cases"),
                List.of(promotion()),
                lsn(),
                number(),
                number(),
                List.of("7", "a \"b\""),
                number());
    }

    private CensusCounts censusCounts() {
        return new CensusCounts(number(), number(), number(), number(), Set.of("low", "high"));
    }

    private CensusFound censusFound() {
        return new CensusFound(number(), number(), new Disagreement(number(), List.of(key())), number());
    }

    private Counts counts() {
        Map<MismatchKind, Long> mismatched = byConstant(MismatchKind.class);
        Map<ExplainedReason, Long> explained = byConstant(ExplainedReason.class);
        long matched = number();
        long sum = matched;
        for (long count : mismatched.values()) {
            sum += count;
        }
        for (long count : explained.values()) {
            sum += count;
        }
        return new Counts(
                matched,
                0,
                mismatched,
                0,
                explained,
                Map.of(),
                Map.of(),
                Map.of(Operation.UPDATE, sum),
                new Counts.Apart(number(), number()));
    }

    private <E extends Enum<E>> Map<E, Long> byConstant(Class<E> type) {
        Map<E, Long> counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, number());
        }
        return counts;
    }

    public StateEntry entry() {
        if (random.nextInt(4) == 0) {
            return new StateEntry.Delayed(promotion(), number(), maybe(() -> latencies()));
        }
        if (random.nextInt(4) == 0) {
            Slice slice = pick(Sample.attribution().slices().toArray(Slice[]::new));
            return new StateEntry.Sliced(promotion(), slice.place(), maybe(() -> slice));
        }
        if (random.nextInt(4) == 0) {
            RowLadder.Place place = new RowLadder.Place(pick(Rung.values()), random.nextInt(4));
            return new StateEntry.Counted(
                    promotion(), place, random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty());
        }
        return random.nextBoolean()
                ? new StateEntry.Row(promotion(), key(), maybe(this::row))
                : new StateEntry.Tallied(
                        promotion(),
                        new Tally(
                                new Tally.Key(
                                        pick(TallyName.values()),
                                        new RowLadder.Place(pick(Rung.values()), random.nextInt(4))),
                                maybe(this::sketch)));
    }

    private RowRecord row() {
        return new RowRecord(maybe(this::finding), random.nextInt(5), maybe(this::touched));
    }

    private TouchedRow touched() {
        return new TouchedRow(maybe(this::key), pick(TouchedRow.Latest.values()), maybe(this::version));
    }

    private MismatchedVersion version() {
        return new MismatchedVersion(
                pick(Operation.values()),
                pick(Origin.values()),
                maybe(() -> pick("worker-7", "ü")),
                pick(MismatchKind.values()),
                side(),
                side(),
                new Position(lsn(), number(), number(), time()));
    }

    private DistinctSketch.Snapshot sketch() {
        DistinctSketch sketch = new DistinctSketch();
        random.longs(random.nextInt(1_200)).forEach(sketch::add);
        return sketch.snapshot();
    }

    private Moment moment() {
        return new Moment(lsn(), random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty(), time());
    }

    private Lsn lsn() {
        return new Lsn(random.nextLong());
    }

    private Instant time() {
        return Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000), random.nextInt(1_000_000) * 1_000L);
    }

    private Duration duration() {
        return Duration.ofSeconds(random.nextInt(100_000), random.nextInt(1_000_000) * 1_000L);
    }

    private long number() {
        return random.nextInt(1_000_000);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
