package io.promotionverifier.app.cli;

import io.promotionverifier.app.cli.Invocation.Terminal;
import io.promotionverifier.app.config.ConfigLoader;
import io.promotionverifier.app.config.form.Likeness;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
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
        CommandLine line = commandLine(root);
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

    private CommandLine commandLine(RootCommand root) {
        Wiring wiring = new Wiring(commands, () -> invocation(root));
        CommandLine abort = new CommandLine(new AbortCommand())
                .addSubcommand("raise", described(AbortCommand.Change.raise(wiring), "Raise an abort by hand."))
                .addSubcommand("clear", described(AbortCommand.Change.clear(wiring), "Clear an abort."))
                .addSubcommand("list", new AbortCommand.Listing(wiring));
        return new CommandLine(root)
                .addSubcommand(new DemoCommand(wiring))
                .addSubcommand(new RunCommand(wiring))
                .addSubcommand(new DoctorCommand(wiring))
                .addSubcommand(new SetupCommand(wiring))
                .addSubcommand(new ScanCommand(wiring))
                .addSubcommand(new StatusCommand(wiring))
                .addSubcommand(new FindingsCommand(wiring))
                .addSubcommand(new ReplayCommand(wiring))
                .addSubcommand(abort)
                .addSubcommand(new GateCommand(wiring))
                .addSubcommand(new ConfigCommand(wiring.invocation()))
                .addSubcommand(new UninstallCommand(wiring));
    }

    private static CommandLine described(Object command, String description) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.usageMessage().description(description);
        return new CommandLine(spec);
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
            List<String> known = List.copyOf(line.getSubcommands().keySet());
            return known.isEmpty()
                    ? "unexpected argument \"" + stranger + "\""
                    : "unknown command \"" + stranger + "\"" + Likeness.hint(stranger, known);
        }
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("cannot be understood");
    }
}
