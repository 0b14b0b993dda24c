package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier gate}. */
@Command(name = "gate", description = "Say whether a promotion may go on to its next phase, check by check.")
final class GateCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--promotion", required = true, paramLabel = "ID", description = "Which promotion.")
    private @Nullable PromotionId promotion;

    @Option(names = "--to", required = true, paramLabel = "B|C", description = "The phase to enter.")
    private @Nullable Phase to;

    @Option(names = "--override", description = "Answer for the checks that do not hold: needs --reason.")
    private boolean override;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept for ever.")
    private @Nullable String reason;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who answers for it (default: ${DEFAULT-VALUE}).")
    private String by = "";

    GateCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        Phase wanted =
                Optional.ofNullable(to).filter(phase -> phase != Phase.A).orElseThrow(() -> usage("--to is B or C"));
        GateRequest request = new GateRequest(Optional.ofNullable(promotion).orElseThrow(), wanted, answer());
        return wiring.call(
                commands -> commands.gate(request, wiring.invocation().get()));
    }

    private Optional<GateRequest.Answer> answer() {
        Optional<String> why = Optional.ofNullable(reason);
        if (override != why.isPresent()) {
            throw usage(override ? "--override needs a --reason" : "--reason is for --override");
        }
        return why.map(text -> new GateRequest.Answer(Checked.given("--reason", text), Checked.given("--by", by)));
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }
}
