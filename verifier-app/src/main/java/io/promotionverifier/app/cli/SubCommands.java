package io.promotionverifier.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands below {@code verifier}. To read what picocli must know of one takes some ten milliseconds, so only those
 * are made that can be meant.
 */
final class SubCommands {
    private static final Map<String, Function<Wiring, CommandLine>> ALL = all();

    /** All their names, as the help lists them. */
    static final List<String> NAMES = List.copyOf(ALL.keySet());

    private final Wiring wiring;

    SubCommands(Wiring wiring) {
        this.wiring = wiring;
    }

    private static Map<String, Function<Wiring, CommandLine>> all() {
        Map<String, Function<Wiring, CommandLine>> all = new LinkedHashMap<>();
        all.put("demo", wiring -> new CommandLine(new DemoCommand(wiring)));
        all.put("run", wiring -> new CommandLine(new RunCommand(wiring)));
        all.put("doctor", wiring -> new CommandLine(new DoctorCommand(wiring)));
        all.put("setup", wiring -> new CommandLine(new SetupCommand(wiring)));
        all.put("scan", wiring -> new CommandLine(new ScanCommand(wiring)));
        all.put("status", wiring -> new CommandLine(new StatusCommand(wiring)));
        all.put("findings", wiring -> new CommandLine(new FindingsCommand(wiring)));
        all.put("replay", wiring -> new CommandLine(new ReplayCommand(wiring)));
        all.put("abort", SubCommands::abort);
        all.put("gate", wiring -> new CommandLine(new GateCommand(wiring)));
        all.put("config", wiring -> new CommandLine(new ConfigCommand(wiring.invocation())));
        all.put("uninstall", wiring -> new CommandLine(new UninstallCommand(wiring)));
        return all;
    }

    private static CommandLine abort(Wiring wiring) {
        return new CommandLine(new AbortCommand())
                .addSubcommand("raise", described(AbortCommand.Change.raise(wiring), "Raise an abort by hand."))
                .addSubcommand("clear", described(AbortCommand.Change.clear(wiring), "Clear an abort."))
                .addSubcommand("list", new AbortCommand.Listing(wiring));
    }

    private static CommandLine described(Object command, String description) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        spec.usageMessage().description(description);
        return new CommandLine(spec);
    }

    /** Those that are named among the arguments; all of them without one, or where the help may list them. */
    Map<String, CommandLine> meantBy(List<String> arguments) {
        boolean all = NAMES.stream().noneMatch(arguments::contains)
                || arguments.stream().anyMatch(SubCommands::mayListAll);
        Map<String, CommandLine> meant = new LinkedHashMap<>();
        ALL.forEach((name, command) -> {
            if (all || arguments.contains(name)) {
                meant.put(name, command.apply(wiring));
            }
        });
        return meant;
    }

    /** {@code -h}, perhaps among other letters; {@code --help}, perhaps shortened; a file of arguments. */
    private static boolean mayListAll(String argument) {
        return argument.startsWith("@") || argument.startsWith("--h") || argument.matches("-[A-Za-z]*h.*");
    }
}
