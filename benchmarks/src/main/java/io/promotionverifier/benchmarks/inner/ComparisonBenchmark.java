package io.promotionverifier.benchmarks.inner;

import io.promotionverifier.app.seal.DigestSeal;
import io.promotionverifier.app.seal.ValuesKey;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Both sides of one row brought to a type, digested and judged. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ComparisonBenchmark {
    private static final RowKey KEY = new RowKey("{\"id\": 1}");

    /** The type of the column. */
    public enum Sample {
        /** {@code text}. */
        TEXT(Kind.TEXT, "urgent"),
        /** {@code integer}. */
        INTEGER(Kind.INTEGER, "1234567"),
        /** {@code numeric}. */
        NUMERIC(Kind.NUMERIC, "12345.678"),
        /** {@code boolean}. */
        BOOLEAN(Kind.BOOLEAN, "true"),
        /** {@code uuid}. */
        UUID(Kind.UUID, "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        /** {@code timestamptz}. */
        TIMESTAMPTZ(Kind.TIMESTAMPTZ, "2025-01-16 10:11:12.345678+00"),
        /** {@code interval}. */
        INTERVAL(Kind.INTERVAL, "1 day 02:03:04"),
        /** {@code jsonb}. */
        JSONB(Kind.JSONB, "{\"a\": [1, 2, 3], \"b\": \"c\"}");

        private final Kind kind;
        private final String text;

        Sample(Kind kind, String text) {
            this.kind = kind;
            this.text = text;
        }
    }

    /** What is compared. */
    @Param
    public Sample sample = Sample.TEXT;

    private Comparator comparator = comparator();
    private Reading reading = Samples.agreeing(sample.text);

    private Comparator comparator() {
        ColumnType type = ColumnType.of(sample.kind, sample.name());
        return new Comparator(Samples.promotion(type), new DigestSeal(ValuesKey.of("benchmark benchmark")));
    }

    /** For JMH. */
    @Setup
    public void prepare() {
        comparator = comparator();
        reading = Samples.agreeing(sample.text);
    }

    /** One row. */
    @Benchmark
    public Outcome compare() {
        return comparator.judge(comparator.sides(reading), KEY, Instant.EPOCH);
    }
}
