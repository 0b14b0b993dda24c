package io.promotionverifier.app.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that run long enough to be logged by a machine. */
final class LogFormatOption {
    /** The variable that stands for the option where there is no command line to change. */
    static final String VARIABLE = "VERIFIER_LOG_FORMAT";

    /** A command with this option. */
    interface Logging {
        /** The option as it was given. */
        LogFormatOption logFormat();
    }

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "How log lines are printed on stderr (default: text, or what " + VARIABLE + " says).")
    private @Nullable LogFormat format;

    /** The format that the option asks for, or else the environment. */
    LogFormat effective(Map<String, String> environment) {
        boolean json = "json".equalsIgnoreCase(environment.get(VARIABLE));
        return Optional.ofNullable(format).orElse(json ? LogFormat.JSON : LogFormat.TEXT);
    }
}
