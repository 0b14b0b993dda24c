package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verifier findings}. */
@Command(name = "findings", description = "List findings: the rows that mismatch or did.")
final class FindingsCommand implements Callable<Integer> {
    private final Wiring wiring;

    @Option(names = "--promotion", paramLabel = "ID", description = "Of one promotion only.")
    private @Nullable PromotionId promotion;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only these: suspected, confirmed, converged, resolved.")
    private Set<FindingState> states = EnumSet.noneOf(FindingState.class);

    @Option(names = "--key", paramLabel = "K", description = "Of one row: its key, or the JSON of a composite key.")
    private @Nullable String key;

    @Option(names = "--since", paramLabel = "T", description = "Opened at or after this commit time.")
    private @Nullable Instant since;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--after", paramLabel = "ID", description = "Go on after this finding.")
    private @Nullable String after;

    @Option(names = "--history", description = "Tell the story of each row.")
    private boolean history;

    @Option(names = "--partition", description = "Look in the database in which partition each row lies now.")
    private boolean partition;

    FindingsCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        FindingsRequest request = new FindingsRequest(
                Optional.ofNullable(promotion),
                states,
                Optional.ofNullable(key),
                Optional.ofNullable(since),
                Checked.between("--limit", limit, 1, 1_000_000),
                Optional.ofNullable(after),
                history,
                partition);
        return wiring.call(
                commands -> commands.findings(request, wiring.invocation().get()));
    }
}
