package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier status}. */
@Command(name = "status", description = "Show the verdict of each promotion.")
final class StatusCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--promotion", paramLabel = "ID", description = "Of one promotion only.")
    private @Nullable PromotionId promotion;

    StatusCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        return wiring.call(commands -> commands.status(
                Optional.ofNullable(promotion), wiring.invocation().get()));
    }
}
