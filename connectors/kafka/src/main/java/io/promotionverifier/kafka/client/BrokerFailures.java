package io.promotionverifier.kafka.client;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the failures of Kafka's clients mean to the one who runs the verifier. Stateless. */
public final class BrokerFailures {
    private BrokerFailures() {}

    /**
     * Waits for an answer of the admin client, which gives up by itself.
     *
     * @param what what was asked, for the message: "could not ..."
     */
    public static <T> T await(KafkaFuture<T> answer, String what, String bootstrap) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw of(what, bootstrap, failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted(what, interrupted);
        }
    }

    /** The failure under its own name. */
    public static KafkaConnectorException of(String what, String bootstrap, Throwable failure) {
        String where = "Kafka at " + bootstrap;
        if (cause(failure, InterruptException.class).isPresent()) {
            return interrupted(what, failure);
        }
        Optional<ConfigException> settings = cause(failure, ConfigException.class);
        if (settings.isPresent()) {
            return settings(where, settings.get());
        }
        if (cause(failure, AuthenticationException.class).isPresent()) {
            return new BrokerAccessRefusedException(
                    where + " refuses our credentials (could not " + what + "): " + said(failure)
                            + ". Check the SASL and TLS keys under kafka.client.",
                    failure);
        }
        if (cause(failure, AuthorizationException.class).isPresent()) {
            return new BrokerAccessRefusedException(
                    where + " does not let this user " + what + ": " + said(failure)
                            + ". Grant the right on the topics and the transactional id with the verifier's prefix.",
                    failure);
        }
        if (cause(failure, UnknownTopicOrPartitionException.class).isPresent()) {
            return new NotSetUpException("A topic of the verifier is missing on " + where + " (could not " + what
                    + "). Run `setup`, or check kafka.prefix.");
        }
        if (cause(failure, TimeoutException.class).isPresent()
                || cause(failure, DisconnectException.class).isPresent()) {
            return new BrokerUnreachableException(
                    where + " does not answer (could not " + what
                            + "). Check kafka.bootstrap, that the broker runs, and that its listener speaks the"
                            + " security.protocol we use.",
                    failure);
        }
        return new KafkaConnectorException(where + " could not " + what + ": " + said(failure), failure);
    }

    private static KafkaConnectorException settings(String where, ConfigException failure) {
        if (said(failure).contains("resolvable")) {
            return new BrokerUnreachableException(
                    where + " cannot be found: the name does not resolve. Check kafka.bootstrap.", failure);
        }
        return new ClientSettingsException(
                "Kafka's client refuses its settings: " + said(failure) + ". Check kafka.bootstrap and kafka.client.",
                failure);
    }

    private static KafkaConnectorException interrupted(String what, Throwable cause) {
        return new KafkaConnectorException("interrupted, could not " + what, cause);
    }

    private static String said(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }

    /** The failure, or the nearest of its causes, that is of this type. */
    public static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
