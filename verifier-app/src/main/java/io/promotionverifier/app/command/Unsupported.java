package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.config.SourceConfig;
import io.promotionverifier.app.config.VerifierConfig;
import java.util.ArrayList;
import java.util.List;

/** Settings that are valid and that this version cannot honour: refused, because to ignore them would mislead. */
final class Unsupported {
    private Unsupported() {}

    /** @throws CommandException with all of them */
    static void refuse(VerifierConfig config) {
        List<String> refused = new ArrayList<>();
        if (config.source().capture() == SourceConfig.Capture.SUSPECTS) {
            refused.add("source.capture: suspects");
        }
        if (!refused.isEmpty()) {
            throw new CommandException(
                    ExitCode.BAD_CONFIGURATION,
                    "this version cannot do yet: " + String.join(", ", refused) + "; remove it from the configuration");
        }
    }
}
