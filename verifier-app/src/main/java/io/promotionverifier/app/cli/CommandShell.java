package io.promotionverifier.app.cli;

import io.promotionverifier.app.cli.Invocation.Terminal;
import io.promotionverifier.app.config.ConfigLoader;
import io.promotionverifier.app.config.form.Likeness;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line as a whole: parses, sets up logging, runs one command, and turns every failure into an exit code and
 * a line on stderr. Confined to the main thread.
 */
public final class CommandShell {
    private final Supplier<Commands> commands;
    private final Map<String, String> environment;
    private final Terminal terminal;

    /**
     * A shell.
     *
     * @param commands what the commands do; asked once, after logging was set up
     * @param environment the environment's variables
     * @param terminal where results and talk go
     */
    public CommandShell(Supplier<Commands> commands, Map<String, String> environment, Terminal terminal) {
        this.commands = commands;
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    /** Runs what the arguments say and returns the exit code. Throws nothing. */
    public int execute(String... arguments) {
        RootCommand root = new RootCommand();
        CommandLine line = commandLine(root, List.of(arguments));
        boolean color = terminal.color() && !List.of(arguments).contains("--no-color");
        line.setColorScheme(CommandLine.Help.defaultColorScheme(color ? Ansi.ON : Ansi.OFF));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        Converters.register(line);
        line.setExecutionStrategy(parsed -> run(root, parsed));
        line.setParameterExceptionHandler((thrown, args) -> usage(thrown));
        line.setExecutionExceptionHandler((thrown, failed, parsed) -> failed(thrown, root.talk()));
        int exitCode = line.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }

    private CommandLine commandLine(RootCommand root, List<String> arguments) {
        CommandLine line = new CommandLine(root);
        SubCommands all = new SubCommands(new Wiring(commands, () -> invocation(root)));
        all.meantBy(arguments).forEach(line::addSubcommand);
        return line;
    }

    private Invocation invocation(RootCommand root) {
        Terminal seen =
                new Terminal(terminal.out(), terminal.err(), terminal.interactive(), terminal.color() && root.color());
        return new Invocation(
                new ConfigLoader(environment), root.config(), root.assignments(), root.output(), root.talk(), seen);
    }

    private int run(RootCommand root, ParseResult parsed) {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        Object command = deepest.commandSpec().userObject();
        LogFormatOption option =
                command instanceof LogFormatOption.Logging logging ? logging.logFormat() : new LogFormatOption();
        LogSettings.apply(option.effective(environment), root.talk(), command instanceof RunCommand);
        return new CommandLine.RunLast().execute(parsed);
    }

    private int usage(ParameterException thrown) {
        CommandLine line = thrown.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        terminal.err().println("verifier: " + message(thrown) + "; see " + name + " --help");
        return ExitCode.USAGE.code();
    }

    private int failed(Exception thrown, Invocation.Talk talk) {
        Failure failure = Failure.of(thrown);
        failure.lines().forEach(terminal.err()::println);
        if (talk.verbose()) {
            thrown.printStackTrace(terminal.err());
        }
        return failure.exitCode().code();
    }

    private static String message(ParameterException thrown) {
        if (thrown instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            CommandLine line = unmatched.getCommandLine();
            String stranger = unmatched.getUnmatched().get(0);
            List<String> known = line.getParent() == null
                    ? SubCommands.NAMES
                    : List.copyOf(line.getSubcommands().keySet());
            return known.isEmpty()
                    ? "unexpected argument \"" + stranger + "\""
                    : "unknown command \"" + stranger + "\"" + Likeness.hint(stranger, known);
        }
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("cannot be understood");
    }
}
