package io.promotionverifier.app.cli;

import io.promotionverifier.app.config.ConfigLoader;
import io.promotionverifier.app.config.LoadedConfig;
import io.promotionverifier.app.config.VerifierConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * What every command is told: the global options and where to write.
 *
 * @param loader reads the configuration
 * @param configFile the configuration's file as the user named it
 * @param assignments the {@code path=value} of each {@code --set}, in order
 * @param output how results are printed
 * @param talk how much is said on stderr
 * @param terminal where results and talk go
 */
public record Invocation(
        ConfigLoader loader,
        Path configFile,
        List<String> assignments,
        OutputFormat output,
        Talk talk,
        Terminal terminal) {

    public Invocation {
        assignments = List.copyOf(assignments);
    }

    /**
     * How much is said on stderr.
     *
     * @param quiet only errors
     * @param verbose stack traces and the libraries' news
     */
    public record Talk(boolean quiet, boolean verbose) {}

    /**
     * Where results and talk go.
     *
     * @param out results, and nothing else
     * @param err talk
     * @param interactive whether a person watches stderr: else no progress bar
     * @param color whether colours may be used
     */
    public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean color) {}

    /**
     * The configuration.
     *
     * @throws io.promotionverifier.app.config.ConfigException with every problem, if there is one
     */
    public VerifierConfig config() {
        return loaded().config();
    }

    /**
     * The configuration with its effective values.
     *
     * @throws io.promotionverifier.app.config.ConfigException with every problem, if there is one
     */
    public LoadedConfig loaded() {
        return loader.load(configFile, assignments);
    }

    /** Prints a line of the result. */
    public void print(String line) {
        terminal.out().println(line);
    }

    /** Says a line on stderr, unless the user wants quiet. */
    public void say(String line) {
        if (!talk.quiet()) {
            terminal.err().println(line);
            terminal.err().flush();
        }
    }
}
