package io.promotionverifier.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verifier run}. */
@Command(name = "run", description = "Run the daemon.")
final class RunCommand implements Callable<Integer>, LogFormatOption.Logging {
    private final Wiring wiring;

    @Mixin
    private LogFormatOption logFormat = new LogFormatOption();

    RunCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public LogFormatOption logFormat() {
        return logFormat;
    }

    @Override
    public Integer call() {
        return wiring.call(commands -> commands.run(wiring.invocation().get()));
    }
}
