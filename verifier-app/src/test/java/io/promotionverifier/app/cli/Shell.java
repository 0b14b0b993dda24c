package io.promotionverifier.app.cli;

import io.promotionverifier.app.cli.Invocation.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** A command line whose output is kept. */
final class Shell {
    private final Commands commands;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Shell(Commands commands) {
        this.commands = commands;
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
        return new CommandShell(() -> commands, Map.of(), terminal).execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
