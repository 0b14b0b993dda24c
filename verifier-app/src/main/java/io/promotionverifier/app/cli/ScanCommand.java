package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier scan}. */
@Command(name = "scan", description = "Look at every row of the promoted tables now.")
final class ScanCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--promotion", paramLabel = "ID", description = "The table of one promotion only.")
    private @Nullable PromotionId promotion;

    ScanCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        return wiring.call(commands -> commands.scan(
                Optional.ofNullable(promotion), wiring.invocation().get()));
    }
}
