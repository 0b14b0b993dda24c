package io.promotionverifier.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier setup}. */
@Command(name = "setup", description = "Create publication, slot, topics, values key and first state where missing.")
final class SetupCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--resume", description = "Go on after a coverage gap with a new slot, and record the gap.")
    private boolean resume;

    SetupCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        return wiring.call(
                commands -> commands.setup(dryRun, resume, wiring.invocation().get()));
    }
}
