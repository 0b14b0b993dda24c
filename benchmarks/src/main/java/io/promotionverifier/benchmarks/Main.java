package io.promotionverifier.benchmarks;

import io.promotionverifier.benchmarks.ladder.Ladder;
import io.promotionverifier.benchmarks.ladder.Plot;
import io.promotionverifier.benchmarks.ladder.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the ladder and prints what it saw. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Measures the verifier against Debezium and the bare log, on the same recorded WAL.")
public final class Main implements Callable<Integer> {
    private static final int QUICK_ROUNDS = 300;
    private static final long QUICK_TABLE = 500_000;
    private static final long TABLE = 10_000_000;

    /** Set by the script: seconds that it spent on building what was missing. */
    private static final String WAITED = "benchmarks.waited";

    private static final int ROUNDS = 2_500;
    private static final int RUNS = 5;

    @Option(names = "--quick", description = "One run of a small log, within three minutes.")
    private boolean quick;

    @Option(names = "-o", paramLabel = "FILE.json", description = "Where the result goes as JSON.")
    private @Nullable Path output;

    @Option(names = "--plot", paramLabel = "FILE.svg", description = "Where the result goes as a picture.")
    private @Nullable Path plot;

    @Option(names = "--runs", paramLabel = "N", description = "How often each contestant reads (default: 5).")
    private @Nullable Integer runs;

    @Option(names = "--rounds", paramLabel = "N", description = "Size of the log, in 200 row changes (default: 2500).")
    private @Nullable Integer rounds;

    @Option(
            names = "--table-rows",
            paramLabel = "N",
            description = "Size of the table that the census reads (default: 10000000).")
    private @Nullable Long tableRows;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "These contestants and workloads only; also: latency, catch-up, census-load, start-up, soak.")
    private List<String> only = List.of();

    private Main() {}

    /** The command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        int times = runs != null ? runs : quick ? 1 : RUNS;
        int size = rounds != null ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
        long rows = tableRows != null ? tableRows : quick ? QUICK_TABLE : TABLE;
        Duration waited = Duration.ofSeconds(Integer.getInteger(WAITED, 0));
        Optional<Duration> limit = quick ? Optional.of(Ladder.quickLimit(waited)) : Optional.empty();
        Ladder.Plan plan = new Ladder.Plan(times, size, rows, !quick, limit, only);
        Results results = new Ladder(plan, line -> System.err.println(line)).climb();
        System.out.println(results.table());
        if (output != null) {
            Files.writeString(output, results.json().toPrettyString() + "\n");
        }
        if (plot != null) {
            Files.writeString(plot, Plot.of(results));
        }
        return 0;
    }
}
