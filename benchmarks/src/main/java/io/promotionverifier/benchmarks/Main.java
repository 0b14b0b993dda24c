package io.promotionverifier.benchmarks;

import io.promotionverifier.benchmarks.ladder.Ladder;
import io.promotionverifier.benchmarks.ladder.Plot;
import io.promotionverifier.benchmarks.ladder.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
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
    private static final int QUICK_ROUNDS = 400;
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
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "These contestants only; also: latency, catch-up.")
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
        Ladder.Plan plan = new Ladder.Plan(times, size, !quick, only);
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
