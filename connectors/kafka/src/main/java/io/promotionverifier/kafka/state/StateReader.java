package io.promotionverifier.kafka.state;

import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Reads the last committed checkpoint. Stateless; every method throws
 * {@link io.promotionverifier.kafka.client.NotSetUpException} without the topic, {@link StateCorruptException} for a
 * state that no verifier wrote, and {@link io.promotionverifier.kafka.client.BrokerUnreachableException} without a
 * broker.
 */
public final class StateReader {
    /** How long the markers of a committed transaction may take to arrive. */
    public static final Duration MARKER_PATIENCE = Duration.ofSeconds(20);

    private static final int ATTEMPTS = 3;

    private final KafkaConnection connection;
    private final Duration markerPatience;
    private final String topic;

    public StateReader(KafkaConnection connection) {
        this(connection, MARKER_PATIENCE);
    }

    StateReader(KafkaConnection connection, Duration markerPatience) {
        this.connection = connection;
        this.markerPatience = markerPatience;
        this.topic = Topic.STATE.named(connection.prefix());
    }

    /**
     * The fold of the whole topic, for the one who goes on writing: nobody else may have a transaction open.
     *
     * @throws io.promotionverifier.kafka.client.UnfinishedTransactionException if somebody has
     */
    public StateFold.Folded settled() {
        return read(settledEnd());
    }

    private long settledEnd() {
        try (Admin admin = connection.admin()) {
            LogEnd.awaitSettled(admin, connection.bootstrap(), List.of(topic), markerPatience);
            return stableEnd(admin);
        }
    }

    /** The last committed checkpoint, also while a verifier is writing the next; absent before {@code setup}. */
    public Optional<RestoredState> latest() {
        for (int attempt = 1; ; attempt++) {
            try {
                return read(stableEnd()).state();
            } catch (StateCorruptException perhapsCompactedMeanwhile) {
                if (attempt == ATTEMPTS) {
                    throw perhapsCompactedMeanwhile;
                }
            }
        }
    }

    private long stableEnd() {
        try (Admin admin = connection.admin()) {
            return stableEnd(admin);
        }
    }

    private long stableEnd(Admin admin) {
        return LogEnd.of(admin, connection.bootstrap(), topic).stable();
    }

    private StateFold.Folded read(long end) {
        StateFold fold = new StateFold(topic);
        new CommittedLog(connection)
                .read(
                        topic,
                        end,
                        found -> fold.accept(
                                Optional.ofNullable(found.key()).orElse(""),
                                Optional.ofNullable(found.value()),
                                found.offset(),
                                Instant.ofEpochMilli(found.timestamp())));
        return fold.end();
    }
}
