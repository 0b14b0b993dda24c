package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.NotSetUpException;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.postgres.slot.SourceLock;
import io.promotionverifier.postgres.slot.SourceUninstall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code uninstall}: drops slot and publication, keeps the topics, and marks the state as ended. Refuses while a
 * verifier runs. What belongs to another role is left to it, told, and ends with the code of a missing privilege.
 */
final class Uninstall {
    private static final String ENDED = "uninstalled:";

    private Uninstall() {}

    /** True for a state that uninstall has ended: setup then begins a new generation. */
    static boolean isUninstalled(Head head) {
        return head.anchor().slot().startsWith(ENDED);
    }

    static ExitCode run(boolean confirmed, Invocation invocation) {
        if (!confirmed && !invocation.terminal().interactive()) {
            throw new CommandException(
                    ExitCode.USAGE, "nobody is there to confirm: nothing was dropped; --yes goes on without asking");
        }
        VerifierConfig config = invocation.config();
        if (TopicChecks.apply(config)) {
            return leaveTopics(config, invocation);
        }
        try (SourceServer source = SourceServer.open(config);
                KafkaServer kafka = KafkaServer.visit(config);
                SourceUninstall uninstall = SourceUninstall.begin(
                        source.access(), config.source().slot(), config.source().publication())) {
            SourceUninstall.Plan plan = uninstall.plan();
            if (!confirmed) {
                confirm(plan, invocation);
            }
            uninstall.apply(plan.steps(), step -> {
                invocation.print("-- " + step.purpose());
                invocation.print(step.sql() + ";");
            });
            SourceUninstall.Plan rest = uninstall.plan();
            tell(config, rest, invocation);
            end(config, Connections.of(config, kafka));
            return rest.left().isPresent() ? ExitCode.NO_PERMISSION : ExitCode.OK;
        }
    }

    /** Slot and publication are the connector's: nothing is dropped. */
    private static ExitCode leaveTopics(VerifierConfig config, Invocation invocation) {
        try (SourceServer source = SourceServer.open(config);
                KafkaServer kafka = KafkaServer.visit(config);
                SourceLock lock =
                        SourceLock.take(source.access(), config.source().slot())) {
            lock.ensure();
            end(config, Connections.of(config, kafka));
            invocation.print("slot " + config.source().slot() + " and publication "
                    + config.source().publication() + " stay: they are the connector's");
            return ExitCode.OK;
        }
    }

    private static void tell(VerifierConfig config, SourceUninstall.Plan rest, Invocation invocation) {
        if (!rest.steps().isEmpty()) {
            throw new CommandException(
                    ExitCode.TRY_LATER,
                    "somebody made it again meanwhile: " + rest.steps().get(0).sql() + "; run uninstall again");
        }
        invocation.print("slot " + config.source().slot() + " is gone: the server keeps no log for it");
        rest.left()
                .ifPresentOrElse(
                        left -> {
                            invocation.say(
                                    "verifier: publication " + config.source().publication() + " belongs to role "
                                            + left.owner() + ", which must drop it:");
                            invocation.print(left.sql() + ";");
                        },
                        () -> invocation.print("publication " + config.source().publication() + " is gone"));
        invocation.say("The topics stay. A table's REPLICA IDENTITY FULL stays too: it is yours to set back.");
    }

    private static void confirm(SourceUninstall.Plan plan, Invocation invocation) {
        plan.steps().forEach(step -> invocation.say(step.sql() + ";"));
        invocation.say("Row changes after this are not seen by anybody. Type yes to go on:");
        if (!answer().map(String::strip).filter("yes"::equals).isPresent()) {
            throw new CommandException(
                    ExitCode.USAGE, "not confirmed: nothing was dropped; --yes goes on without asking");
        }
    }

    private static Optional<String> answer() {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void end(VerifierConfig config, KafkaConnection connection) {
        try (CheckpointPublisher publisher = CheckpointPublisher.open(
                connection, config.source().name(), config.kafka().history().enabled())) {
            Optional<RestoredState> state = publisher.restore();
            if (state.isEmpty() || isUninstalled(state.get().head())) {
                return;
            }
            Anchor anchor = state.get().head().anchor();
            Anchor ended = new Anchor(
                    anchor.systemIdentifier(),
                    anchor.timeline(),
                    anchor.database(),
                    ENDED + anchor.slot(),
                    anchor.captureFingerprint(),
                    anchor.valuesKeyFingerprint(),
                    anchor.configurationHash(),
                    anchor.readFrom());
            publisher.commit(
                    new Checkpoint(state.get().head().core(), List.of(), List.of()), ended, Lag.UNKNOWN, false);
        } catch (NotSetUpException neverSetUp) {
            return;
        }
    }
}
