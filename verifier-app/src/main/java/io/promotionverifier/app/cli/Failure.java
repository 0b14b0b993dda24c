package io.promotionverifier.app.cli;

import io.promotionverifier.app.config.ConfigException;
import io.promotionverifier.app.config.tree.ConfigProblem;
import io.promotionverifier.app.daemon.EngineLostException;
import io.promotionverifier.core.stream.RedeliveryException;
import io.promotionverifier.kafka.client.BrokerAccessRefusedException;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.BrokerUnreachableException;
import io.promotionverifier.kafka.client.ClientSettingsException;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.client.UnfinishedTransactionException;
import io.promotionverifier.kafka.history.HistoryHoleException;
import io.promotionverifier.kafka.publish.FencedException;
import io.promotionverifier.kafka.read.NoSuchFindingException;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.state.StateTooLargeException;
import io.promotionverifier.kafka.topic.TopicSettingsException;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.SourceFailures;
import io.promotionverifier.postgres.access.SourceUnreachableException;
import io.promotionverifier.postgres.engine.FailureKind;
import io.promotionverifier.sandbox.server.FolderInUseException;
import io.promotionverifier.sandbox.server.PortInUseException;
import io.promotionverifier.sandbox.server.SandboxException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * What a failure means to the user: an exit code, and a line for each thing that is wrong. The first exception of the
 * chain that is understood decides; what nobody understands is a bug.
 *
 * @param exitCode how the process ends
 * @param lines what is said on stderr
 */
public record Failure(ExitCode exitCode, List<String> lines) {
    private static final int LONGEST_CHAIN = 20;

    /** The types whose message is meant for the user as it stands; what is not listed here is told by its parent. */
    private static final Map<Class<? extends Throwable>, ExitCode> TOLD = Map.ofEntries(
            Map.entry(AccessRefusedException.class, ExitCode.NO_PERMISSION),
            Map.entry(BrokerAccessRefusedException.class, ExitCode.NO_PERMISSION),
            Map.entry(SourceUnreachableException.class, ExitCode.UNREACHABLE),
            Map.entry(BrokerUnreachableException.class, ExitCode.UNREACHABLE),
            Map.entry(SlotInUseException.class, ExitCode.TRY_LATER),
            Map.entry(SourceBusyException.class, ExitCode.TRY_LATER),
            Map.entry(FencedException.class, ExitCode.TRY_LATER),
            Map.entry(UnfinishedTransactionException.class, ExitCode.TRY_LATER),
            Map.entry(FolderInUseException.class, ExitCode.TRY_LATER),
            Map.entry(NotSetUpException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(io.promotionverifier.kafka.client.NotSetUpException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(TopicSettingsException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(RedeliveryException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(StateCorruptException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(StateTooLargeException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(NoSuchFindingException.class, ExitCode.USAGE),
            Map.entry(HistoryHoleException.class, ExitCode.NOT_ENOUGH_EVIDENCE),
            Map.entry(ClientSettingsException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(PortInUseException.class, ExitCode.BAD_CONFIGURATION),
            Map.entry(io.promotionverifier.app.http.PortInUseException.class, ExitCode.BAD_CONFIGURATION));

    private static final Map<Class<? extends Throwable>, ExitCode> PARENTS = Map.of(
            SourceException.class, ExitCode.INTERNAL_ERROR,
            KafkaConnectorException.class, ExitCode.INTERNAL_ERROR,
            SandboxException.class, ExitCode.UNREACHABLE);

    private static final Map<FailureKind, ExitCode> ENGINE = Map.of(
            FailureKind.ACCESS, ExitCode.NO_PERMISSION,
            FailureKind.NOT_SET_UP, ExitCode.BAD_CONFIGURATION,
            FailureKind.SLOT_IN_USE, ExitCode.TRY_LATER,
            FailureKind.UNAVAILABLE, ExitCode.UNREACHABLE,
            FailureKind.CONNECTION, ExitCode.UNREACHABLE);

    /** The meaning of an exception. */
    public static Failure of(Throwable thrown) {
        Throwable link = thrown;
        for (int i = 0; link != null && i < LONGEST_CHAIN; i++) {
            Optional<Failure> failure = known(link);
            if (failure.isPresent()) {
                return failure.get();
            }
            link = link.getCause();
        }
        return one(ExitCode.INTERNAL_ERROR, "internal error: " + thrown + " (-v shows where; please report it)");
    }

    private static Failure one(ExitCode exitCode, String line) {
        return new Failure(exitCode, List.of("verifier: " + line));
    }

    private static Optional<Failure> known(Throwable thrown) {
        if (thrown instanceof ConfigException config) {
            List<String> lines =
                    config.problems().stream().map(ConfigProblem::toString).toList();
            return Optional.of(new Failure(ExitCode.BAD_CONFIGURATION, lines));
        }
        if (thrown instanceof SQLException sql) {
            return Optional.of(of(SourceFailures.of("use PostgreSQL", sql)));
        }
        if (thrown instanceof KafkaException) {
            return Optional.of(of(BrokerFailures.of("be used", "kafka.bootstrap", thrown)));
        }
        if (thrown instanceof ConnectException || thrown instanceof UnknownHostException) {
            return Optional.of(one(ExitCode.UNREACHABLE, "cannot connect: " + thrown.getMessage()));
        }
        return exitCode(thrown).map(code -> new Failure(code, lines(thrown)));
    }

    private static Optional<ExitCode> exitCode(Throwable thrown) {
        if (thrown instanceof CommandException command) {
            return Optional.of(command.exitCode());
        }
        if (thrown instanceof EngineLostException engine) {
            return Optional.ofNullable(ENGINE.get(engine.kind()));
        }
        return Optional.ofNullable(TOLD.get(thrown.getClass()))
                .or(() -> PARENTS.entrySet().stream()
                        .filter(parent -> parent.getKey().isInstance(thrown))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** Every line of the message: some list several problems, each with its remedy. */
    private static List<String> lines(Throwable thrown) {
        return Optional.ofNullable(thrown.getMessage())
                .orElse(thrown.getClass().getSimpleName())
                .lines()
                .map(line -> "verifier: " + line)
                .toList();
    }
}
