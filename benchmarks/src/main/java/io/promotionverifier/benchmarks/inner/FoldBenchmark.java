package io.promotionverifier.benchmarks.inner;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One row of a one-row transaction through the core: compared, settled, counted, with values that are not digested. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FoldBenchmark {
    private static final Instant BEGIN = Instant.parse("2025-01-16T00:00:00Z");
    private static final long MICROS_BETWEEN = 20;

    private final VerifierCore core = new VerifierCore(
            List.of(Samples.promotion(ColumnType.of(ColumnType.Kind.TEXT, "text"))),
            id -> ValueSeal.PLAIN,
            CoreState.initial(1, ResumePoint.startingAt(new Lsn(0)), 0),
            List.of(),
            new Lsn(0));

    private long transaction = 1;

    /** One row. */
    @Benchmark
    public List<Effect> fold() {
        transaction++;
        RowEvent event = new RowEvent(
                Operation.INSERT,
                Samples.TABLE,
                Optional.of(new RowKey("{\"id\": " + transaction + "}")),
                Optional.empty(),
                Origin.LIVE,
                Optional.empty(),
                List.of(Samples.agreeing("urgent")));
        Lsn lsn = new Lsn(transaction * 100);
        Instant at = BEGIN.plusNanos(transaction * MICROS_BETWEEN * 1_000);
        return core.step(new Input.Arrived(
                new Arrival.Row(transaction, lsn, Optional.of(new Lsn(lsn.value() - 50)), at, event)));
    }
}
