package io.promotionverifier.benchmarks.inner;

import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.TableRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** One row's text taken apart: the document walked to the promoted key, which stands at its end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DocumentBenchmark {
    private static final ColumnType TEXT = ColumnType.of(ColumnType.Kind.TEXT, "text");

    /** About how long the document is. */
    @Param({"300", "8000"})
    public int bytes = 300;

    private final TableRows rows = new TableRows(
            new CapturedTable(
                    Samples.TABLE,
                    List.of(new KeyPart("id", KeyForm.NUMBER)),
                    List.of(new CapturedPromotion(new DocumentPath("metadata", List.of("value")), "value", TEXT))),
            Map.of("id", "int8", "metadata", "jsonb", "value", "text"));

    private Map<String, Optional<String>> row = Map.of();

    /** For JMH. */
    @Setup
    public void prepare() {
        String document = "{\"notes\": \"" + "x".repeat(bytes) + "\", \"value\": \"urgent\"}";
        row = Map.of("id", Optional.of("1"), "metadata", Optional.of(document), "value", Optional.of("urgent"));
    }

    /** One row. */
    @Benchmark
    public List<Reading> read() {
        return rows.readings(row);
    }
}
