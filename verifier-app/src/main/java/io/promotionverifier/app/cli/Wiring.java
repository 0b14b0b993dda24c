package io.promotionverifier.app.cli;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the command classes share.
 *
 * @param commands what the commands do; made when the first one runs, after logging was set up
 * @param invocation the global options, once they have been parsed
 */
record Wiring(Supplier<Commands> commands, Supplier<Invocation> invocation) {
    int call(Function<Commands, ExitCode> command) {
        return command.apply(commands.get()).code();
    }
}
