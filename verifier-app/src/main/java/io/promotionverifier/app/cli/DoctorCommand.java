package io.promotionverifier.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier doctor}. */
@Command(name = "doctor", description = "Check every precondition: pass, warn, refuse or unknown.")
final class DoctorCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--sql", description = "Print the statements that a DBA must run, for psql.")
    private boolean sql;

    DoctorCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        return wiring.call(commands -> commands.doctor(sql, wiring.invocation().get()));
    }
}
