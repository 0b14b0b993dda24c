package io.promotionverifier.app.cli;

import io.promotionverifier.app.config.ConfigException;
import io.promotionverifier.app.config.tree.ConfigProblem;
import io.promotionverifier.kafka.client.BrokerAccessRefusedException;
import io.promotionverifier.kafka.client.BrokerUnreachableException;
import io.promotionverifier.kafka.client.ClientSettingsException;
import io.promotionverifier.kafka.publish.FencedException;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.topic.TopicSettingsException;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceUnreachableException;
import io.promotionverifier.sandbox.server.FolderInUseException;
import io.promotionverifier.sandbox.server.SandboxException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * What a failure means to the user: an exit code, and a line for each thing that is wrong. The first exception of the
 * chain that is understood decides; what nobody understands is a bug.
 *
 * @param exitCode how the process ends
 * @param lines what is said on stderr
 */
public record Failure(ExitCode exitCode, List<String> lines) {
    private static final int LONGEST_CHAIN = 20;

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
        return one(
                ExitCode.INTERNAL_ERROR, "internal error: " + unknown(thrown) + " (-v shows where; please report it)");
    }

    /** What is said of a bug: of an SQL error its state only, for the server's words may quote a row's value. */
    private static String unknown(Throwable thrown) {
        Throwable link = thrown;
        for (int i = 0; link != null && i < LONGEST_CHAIN; i++) {
            if (link instanceof SQLException sql) {
                return "PostgreSQL refused a statement (SQLSTATE " + sql.getSQLState() + ")";
            }
            link = link.getCause();
        }
        return thrown.toString();
    }

    private static Failure one(ExitCode exitCode, String line) {
        return new Failure(exitCode, List.of("verifier: " + line));
    }

    private static Optional<Failure> known(Throwable thrown) {
        if (thrown instanceof CommandException command) {
            return Optional.of(one(command.exitCode(), message(command)));
        }
        if (thrown instanceof ConfigException config) {
            List<String> lines =
                    config.problems().stream().map(ConfigProblem::toString).toList();
            return Optional.of(new Failure(ExitCode.BAD_CONFIGURATION, lines));
        }
        return ofOurs(thrown).or(() -> ofServers(thrown));
    }

    private static Optional<Failure> ofOurs(Throwable thrown) {
        if (thrown instanceof io.promotionverifier.app.http.PortInUseException
                || thrown instanceof io.promotionverifier.sandbox.server.PortInUseException) {
            return Optional.of(one(ExitCode.BAD_CONFIGURATION, message(thrown)));
        }
        if (thrown instanceof io.promotionverifier.postgres.access.NotSetUpException
                || thrown instanceof io.promotionverifier.kafka.client.NotSetUpException
                || thrown instanceof TopicSettingsException
                || thrown instanceof ClientSettingsException
                || thrown instanceof StateCorruptException) {
            return Optional.of(new Failure(ExitCode.BAD_CONFIGURATION, lines(thrown)));
        }
        if (thrown instanceof AccessRefusedException || thrown instanceof BrokerAccessRefusedException) {
            return Optional.of(one(ExitCode.NO_PERMISSION, message(thrown)));
        }
        if (thrown instanceof SourceUnreachableException || thrown instanceof BrokerUnreachableException) {
            return Optional.of(one(ExitCode.UNREACHABLE, message(thrown)));
        }
        if (thrown instanceof SlotInUseException
                || thrown instanceof SourceBusyException
                || thrown instanceof FencedException) {
            return Optional.of(one(ExitCode.TRY_LATER, message(thrown)));
        }
        if (thrown instanceof SandboxException && !(thrown instanceof FolderInUseException)) {
            return Optional.of(one(ExitCode.UNREACHABLE, message(thrown)));
        }
        if (thrown instanceof FolderInUseException) {
            return Optional.of(one(ExitCode.TRY_LATER, message(thrown)));
        }
        return Optional.empty();
    }

    private static Optional<Failure> ofServers(Throwable thrown) {
        if (thrown instanceof SQLException sql) {
            return SqlFailure.meaning(sql).map(meaning -> one(meaning, "PostgreSQL: " + SqlFailure.message(sql)));
        }
        if (thrown instanceof AuthenticationException || thrown instanceof AuthorizationException) {
            return Optional.of(one(ExitCode.NO_PERMISSION, "Kafka: " + message(thrown)));
        }
        if (thrown instanceof org.apache.kafka.common.errors.TimeoutException) {
            return Optional.of(one(ExitCode.UNREACHABLE, "Kafka cannot be reached: " + message(thrown)));
        }
        if (thrown instanceof BindException) {
            return Optional.of(one(ExitCode.BAD_CONFIGURATION, "a port is in use: " + message(thrown)));
        }
        if (thrown instanceof ConnectException || thrown instanceof UnknownHostException) {
            return Optional.of(one(ExitCode.UNREACHABLE, "cannot connect: " + message(thrown)));
        }
        return Optional.empty();
    }

    private static List<String> lines(Throwable thrown) {
        return String.valueOf(thrown.getMessage())
                .lines()
                .map(line -> "verifier: " + line)
                .toList();
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
