package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.Doubt;
import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.StateReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code status}: the last committed checkpoint, with the doubt that its age deserves. */
final class Status {
    /** After this long without a checkpoint nobody is watching. */
    static final Duration STALE = Board.STALE;

    private Status() {}

    static ExitCode show(Optional<PromotionId> promotion, Invocation invocation) {
        VerifierConfig config = invocation.config();
        List<ObjectNode> statuses = read(config, promotion);
        if (invocation.output() == OutputFormat.TEXT) {
            statuses.forEach(status -> StatusText.lines(status).forEach(invocation::print));
        } else {
            Printing.list(statuses, invocation);
        }
        if (statuses.isEmpty()) {
            invocation.say("There is no status yet: the daemon has not run with this configuration.");
            return ExitCode.NOT_ENOUGH_EVIDENCE;
        }
        return ExitCode.firstOf(statuses.stream().map(Status::exitCode).toList());
    }

    private static List<ObjectNode> read(VerifierConfig config, Optional<PromotionId> promotion) {
        promotion.ifPresent(id -> requireKnown(config, id));
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            LastHead state = checkpoint(Connections.of(config, kafka));
            List<ObjectNode> statuses = new ArrayList<>();
            for (JsonNode status : state.head().statuses()) {
                boolean wanted = promotion
                        .map(id -> id.value().equals(status.path("promotion").asText()))
                        .orElse(true);
                if (wanted) {
                    statuses.add(doubted(
                            status.deepCopy(),
                            state.written(),
                            Clock.systemUTC().instant()));
                }
            }
            return statuses;
        }
    }

    /**
     * The last committed checkpoint. While a verifier writes, its last word is the truth; a state that nobody writes is
     * verified before it is shown, however large it is.
     *
     * @throws CommandException if there is none: setup has not run, or was undone
     */
    static LastHead checkpoint(KafkaConnection connection) {
        StateReader states = new StateReader(connection);
        Instant now = Clock.systemUTC().instant();
        return standing(
                states.lastHead()
                        .filter(last -> doubt(last.written(), now).isEmpty())
                        .or(states::verifiedHead),
                LastHead::head,
                connection);
    }

    /** What was found, if it is the state of a verifier that was set up. */
    static <T> T standing(Optional<T> found, Function<T, Head> head, KafkaConnection connection) {
        T state = found.orElseThrow(() -> new CommandException(
                ExitCode.BAD_CONFIGURATION,
                "there is no checkpoint in Kafka at " + connection.bootstrap() + ": run setup first"));
        if (Uninstall.isUninstalled(head.apply(state))) {
            throw new CommandException(
                    ExitCode.BAD_CONFIGURATION, "the verifier was uninstalled: run setup to begin anew");
        }
        return state;
    }

    static void requireKnown(VerifierConfig config, PromotionId id) {
        if (config.promotion(id).isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "there is no promotion " + id + " in the configuration");
        }
    }

    /** An index has no column: nothing is compared, so nothing of it can be aborted. */
    static void requireCompared(VerifierConfig config, PromotionId id) {
        requireKnown(config, id);
        if (!(config.promotion(id).orElseThrow().target() instanceof PromotionConfig.Target.Column)) {
            throw new CommandException(
                    ExitCode.USAGE, id + " is an index promotion: it has no column, there is nothing to compare");
        }
    }

    /** Unknown is never shown as good: a checkpoint that nobody follows up says nothing of now. */
    static ObjectNode doubted(ObjectNode status, Instant written, Instant now) {
        return doubt(written, now).map(why -> Doubt.cast(status, why)).orElse(status);
    }

    /** Why a checkpoint says nothing of now, if so. */
    static Optional<String> doubt(Instant written, Instant now) {
        Duration age = Duration.between(written, now);
        return age.compareTo(STALE) <= 0
                ? Optional.empty()
                : Optional.of("the last checkpoint is " + age.toSeconds()
                        + " s old: the verifier is not running, or cannot write to Kafka");
    }

    private static ExitCode exitCode(ObjectNode status) {
        return switch (status.path("verdict").asText()) {
            case "OK", "WARN" -> ExitCode.OK;
            case "ABORT" -> ExitCode.ABORT_ACTIVE;
            default -> ExitCode.NOT_ENOUGH_EVIDENCE;
        };
    }
}
