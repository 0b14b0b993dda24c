package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier abort}; its sub-commands do the work. */
@Command(name = "abort", description = "Raise, clear or list aborts.", synopsisSubcommandLabel = "COMMAND")
final class AbortCommand {

    /** {@code verifier abort raise} and {@code verifier abort clear}. */
    @Command
    static final class Change implements Callable<Integer> {
        private final Wiring wiring;
        private final BiFunction<Commands, AbortRequest, ExitCode> change;

        @Option(names = "--promotion", required = true, paramLabel = "ID", description = "Which promotion.")
        private @Nullable PromotionId promotion;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept for ever.")
        private String reason = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                defaultValue = "${sys:user.name}",
                description = "Who (default: ${DEFAULT-VALUE}).")
        private String by = "";

        private Change(Wiring wiring, BiFunction<Commands, AbortRequest, ExitCode> change) {
            this.wiring = wiring;
            this.change = change;
        }

        static Change raise(Wiring wiring) {
            return new Change(
                    wiring,
                    (commands, request) ->
                            commands.raiseAbort(request, wiring.invocation().get()));
        }

        static Change clear(Wiring wiring) {
            return new Change(
                    wiring,
                    (commands, request) ->
                            commands.clearAbort(request, wiring.invocation().get()));
        }

        @Override
        public Integer call() {
            PromotionId id = Optional.ofNullable(promotion).orElseThrow();
            AbortRequest request = new AbortRequest(id, Checked.given("--reason", reason), Checked.given("--by", by));
            return wiring.call(commands -> change.apply(commands, request));
        }
    }

    /** {@code verifier abort list}. */
    @Command(description = "List the aborts that were raised and cleared.")
    static final class Listing implements Callable<Integer> {
        private final Wiring wiring;

        @Option(names = "--promotion", paramLabel = "ID", description = "Of one promotion only.")
        private @Nullable PromotionId promotion;

        Listing(Wiring wiring) {
            this.wiring = wiring;
        }

        @Override
        public Integer call() {
            return wiring.call(commands -> commands.listAborts(
                    Optional.ofNullable(promotion), wiring.invocation().get()));
        }
    }
}
