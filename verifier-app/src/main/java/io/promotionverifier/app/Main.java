package io.promotionverifier.app;

import io.promotionverifier.app.cli.CommandShell;
import io.promotionverifier.app.cli.Invocation.Terminal;
import io.promotionverifier.app.command.StandardCommands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process: arguments in, exit code out. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process. */
    public static void main(String[] arguments) {
        // Asked by the launcher: System.console() says something else on every Java version.
        boolean interactive = Boolean.getBoolean("verifier.terminal.err");
        boolean color = Boolean.getBoolean("verifier.terminal.out") && System.getenv("NO_COLOR") == null;
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                interactive,
                color);
        System.exit(new CommandShell(StandardCommands::new, System.getenv(), terminal).execute(arguments));
    }
}
