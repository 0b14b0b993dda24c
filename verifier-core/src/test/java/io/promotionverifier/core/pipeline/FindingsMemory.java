package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.core.settle.RowRecord;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Prints how much of the heap each row that disagrees takes at each step of its way, against what {@link Room} reckons:
 * a figure to look at, not a test. No two values are equal.
 */
final class FindingsMemory {
    private static final int ROWS = Integer.getInteger("verifier.rows", 100_000);
    private static final Random DIGESTS = new Random(1);
    private static final ValueSeal SEAL = value ->
            new SealedValue("%016x%016x".formatted(DIGESTS.nextLong(), DIGESTS.nextLong()), value.length(), false);

    private final VerifierCore core = new VerifierCore(
            List.of(PromotionFixture.promotion("PROMO-001").build()),
            id -> SEAL,
            CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0),
            List.of(),
            Lsn.ZERO);
    private final long empty = used();
    private long lsn = 100;

    private FindingsMemory() {}

    public static void main(String[] arguments) {
        FindingsMemory memory = new FindingsMemory();
        memory.transaction(1, "one", false);
        memory.transaction(2, "two", false);
        memory.transaction(3, "", true);
    }

    private void transaction(long id, String column, boolean truncate) {
        Lsn before = new Lsn(lsn);
        Instant time = ScriptedSource.second(100.0 * id);
        if (truncate) {
            row(
                    id,
                    before,
                    time,
                    new RowEvent(
                            Operation.TRUNCATE,
                            PromotionFixture.CASES,
                            Optional.empty(),
                            Optional.empty(),
                            Origin.LIVE,
                            Optional.empty(),
                            List.of()));
        } else {
            for (int key = 0; key < ROWS; key++) {
                row(id, before, time, written(key, column));
            }
        }
        print(id + ": before the commit");
        lsn += 1_000;
        List<Effect> effects = core.step(
                new Input.Arrived(new Arrival.Heartbeat(new Lsn(lsn), ScriptedSource.second(100.0 * id + 1))));
        print(id + ": committed, " + effects.size() + " effects in hand");
        Checkpoint checkpoint = core.checkpoint();
        print(id + ": checkpoint of " + checkpoint.changed().size() + " entries in hand, effects too");
        effects = List.of();
        long reckoned = checkpoint.changed().stream()
                .filter(StateEntry.Row.class::isInstance)
                .map(StateEntry.Row.class::cast)
                .mapToLong(entry -> entry.row().map(row -> bytes(entry, row)).orElse(0L))
                .sum();
        checkpoint = core.checkpoint();
        print(id + ": at rest; reckoned were " + reckoned / ROWS);
        if (effects.size() + checkpoint.changed().size() > ROWS) {
            throw new IllegalStateException("it tells all again");
        }
    }

    private static long bytes(StateEntry.Row entry, RowRecord row) {
        return Room.bytes(entry.key(), row);
    }

    private static RowEvent written(long key, String column) {
        Reading reading = Readings.reading(column + key, "document" + key);
        return new RowEvent(
                Operation.UPDATE,
                PromotionFixture.CASES,
                Optional.of(Readings.key(key)),
                Optional.empty(),
                Origin.LIVE,
                Optional.of("worker-7"),
                List.of(reading));
    }

    private void row(long transaction, Lsn before, Instant time, RowEvent event) {
        lsn += 100;
        core.step(new Input.Arrived(new Arrival.Row(transaction, new Lsn(lsn), Optional.of(before), time, event)));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void print(String what) {
        System.out.printf("%,6d bytes for each row, transaction %s%n", (used() - empty) / ROWS, what);
    }
}
