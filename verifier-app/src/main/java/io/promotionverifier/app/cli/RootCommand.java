package io.promotionverifier.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command {@code verifier} with the options that may stand before or after every sub-command. */
@Command(
        name = "verifier",
        versionProvider = VersionLines.class,
        description = "Verifies that a promoted column and its JSONB key agree, change by change.",
        synopsisHeading = "Usage: ",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions of every command:%n",
        footer = {
            "",
            "Exit codes: 0 good, 1 mismatch, 2 usage, 3 abort active, 4 not enough",
            "evidence, 69 unreachable, 70 internal error, 75 try later, 77 not",
            "permitted, 78 bad configuration."
        })
@SuppressWarnings("unused") // picocli itself acts on help and version
final class RootCommand {
    static final String DEFAULT_CONFIG = "verifier.yaml";

    @Option(
            names = {"-c", "--config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The configuration (default: " + DEFAULT_CONFIG + ").")
    private Path config = Path.of(DEFAULT_CONFIG);

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "text|json|ndjson",
            description = "How results are printed on stdout (default: text).")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(
            names = "--set",
            scope = ScopeType.INHERIT,
            paramLabel = "PATH=VALUE",
            parameterConsumer = Assignment.class,
            description = "Replaces a value of the configuration: promotions[0].grace=5s. Repeatable.")
    private List<String> assignments = List.of();

    private final List<String> assigned = new ArrayList<>();

    /** Collects what stands before and after the sub-command: picocli itself would keep the latter only. */
    static final class Assignment implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            if (arguments.isEmpty()) {
                throw new ParameterException(command.commandLine(), "--set needs a PATH=VALUE");
            }
            ((RootCommand) command.root().userObject()).assigned.add(arguments.pop());
        }
    }

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say nothing on stderr but errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more, with stack traces.")
    private boolean verbose;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours (also: NO_COLOR).")
    private boolean noColor;

    @Option(
            names = {"-V", "--version"},
            scope = ScopeType.INHERIT,
            versionHelp = true,
            description = "Print the versions and exit.")
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Print this help and exit.")
    private boolean help;

    Path config() {
        return config;
    }

    OutputFormat output() {
        return output;
    }

    List<String> assignments() {
        return assigned;
    }

    Invocation.Talk talk() {
        return new Invocation.Talk(quiet, verbose);
    }

    boolean color() {
        return !noColor;
    }
}
