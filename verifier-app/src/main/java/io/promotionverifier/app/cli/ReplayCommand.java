package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier replay}. */
@Command(name = "replay", description = "Judge the recorded history again, by the policy of then or by another.")
final class ReplayCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--from", paramLabel = "T|LSN", description = "From this commit time or position on.")
    private ReplayRequest.@Nullable Bound from;

    @Option(names = "--to", paramLabel = "T|LSN", description = "Up to this commit time or position.")
    private ReplayRequest.@Nullable Bound to;

    @Option(names = "--promotion", paramLabel = "ID", description = "Of one promotion only.")
    private @Nullable PromotionId promotion;

    @Option(names = "--key", paramLabel = "K", description = "Of one row: its key, or the JSON of a composite key.")
    private @Nullable String key;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Judge by this file's policy: what would have been decided, when and why.")
    private @Nullable Path policy;

    ReplayCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        ReplayRequest request = new ReplayRequest(
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.ofNullable(promotion),
                Optional.ofNullable(key),
                Optional.ofNullable(policy));
        return wiring.call(
                commands -> commands.replay(request, wiring.invocation().get()));
    }
}
