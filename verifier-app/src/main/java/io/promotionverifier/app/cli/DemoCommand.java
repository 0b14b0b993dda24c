package io.promotionverifier.app.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verifier demo}. */
@Command(name = "demo", description = "Run a faulty sample application against embedded servers and find its faults.")
final class DemoCommand implements Callable<Integer>, LogFormatOption.Logging {
    private final Wiring wiring;

    @Option(
            names = "--duration",
            defaultValue = "60s",
            description = "How long the workload runs (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ofSeconds(60);

    @Option(names = "--rate", defaultValue = "200", description = "Writes in a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--fault-rate",
            defaultValue = "0.5%",
            converter = Converters.OfRate.class,
            description = "The share of faulty writes (default: ${DEFAULT-VALUE}).")
    private double faultRate;

    @Option(names = "--scenario", paramLabel = "NAME", description = "A named workload.")
    private @Nullable String scenario;

    @Option(names = "--port", defaultValue = "8080", description = "The HTTP port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private LogFormatOption logFormat = new LogFormatOption();

    DemoCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public LogFormatOption logFormat() {
        return logFormat;
    }

    @Override
    public Integer call() {
        DemoRequest request = new DemoRequest(
                duration,
                Checked.between("--rate", rate, 1, 100_000),
                faultRate,
                Optional.ofNullable(scenario),
                Checked.between("--port", port, 0, 65_535));
        return wiring.call(
                commands -> commands.demo(request, wiring.invocation().get()));
    }
}
