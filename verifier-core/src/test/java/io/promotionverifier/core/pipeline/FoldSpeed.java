package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * Folds clean row changes and prints how many a second of processor time suffices for and what each allocates: a figure
 * to look at, not a test. Arrivals are made beforehand and told again and again with other places in the log.
 */
final class FoldSpeed {
    private static final int ROUNDS = 6;
    private static final int CHANGES = 5_000_000;
    private static final int KEYS = 200_000;
    private static final int ROWS_IN_TRANSACTION = 5;

    private FoldSpeed() {}

    /** Runs on one thread; the last rounds are warm. */
    public static void main(String[] arguments) {
        List<RowEvent> events = java.util.stream.LongStream.range(0, KEYS)
                .mapToObj(FoldSpeed::clean)
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            round(events);
        }
    }

    private static RowEvent clean(long id) {
        return new RowEvent(
                Operation.UPDATE,
                PromotionFixture.CASES,
                Optional.of(Readings.key(id)),
                Optional.empty(),
                Origin.LIVE,
                Optional.empty(),
                List.of(Readings.reading("high", "high")));
    }

    private static void round(List<RowEvent> events) {
        Promotion promotion = PromotionFixture.promotion("PROMO-001").build();
        CoreState state = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);
        VerifierCore core = new VerifierCore(List.of(promotion), id -> ValueSeal.PLAIN, state, List.of(), Lsn.ZERO);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        Optional<Lsn> lastCommit = Optional.of(Lsn.ZERO);
        long effects = 0;
        for (int i = 0; i < CHANGES; i++) {
            long transaction = i / ROWS_IN_TRANSACTION;
            if (i % ROWS_IN_TRANSACTION == 0) {
                lastCommit = Optional.of(new Lsn(100L * i));
            }
            Arrival row = new Arrival.Row(
                    transaction,
                    new Lsn(100L * i + 50),
                    lastCommit,
                    ScriptedSource.START.plusMillis(transaction),
                    events.get(i % KEYS));
            effects += core.step(new Input.Arrived(row)).size();
            if (i % 5_000 == 0) {
                core.checkpoint();
            }
        }
        double seconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        long each = (threads.getCurrentThreadAllocatedBytes() - bytes) / CHANGES;
        System.out.printf("%,.0f changes/s, %d bytes each, %d effects%n", CHANGES / seconds, each, effects);
    }
}
