package io.promotionverifier.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier uninstall}. */
@Command(name = "uninstall", description = "Drop slot and publication; the topics stay.")
final class UninstallCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean confirmed;

    UninstallCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        return wiring.call(
                commands -> commands.uninstall(confirmed, wiring.invocation().get()));
    }
}
