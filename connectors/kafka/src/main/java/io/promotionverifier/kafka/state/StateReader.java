package io.promotionverifier.kafka.state;

import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * Reads the last committed checkpoint. Stateless; every method throws
 * {@link io.promotionverifier.kafka.client.NotSetUpException} without the topic, {@link StateCorruptException} for a
 * state that no verifier wrote, and {@link io.promotionverifier.kafka.client.BrokerUnreachableException} without a
 * broker.
 */
public final class StateReader {
    /** The markers of a committed transaction arrive a little after its commit returned. */
    private static final long MARKER_NANOS = Duration.ofSeconds(20).toNanos();

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();
    private static final int ATTEMPTS = 3;

    private final KafkaConnection connection;
    private final String topic;

    public StateReader(KafkaConnection connection) {
        this.connection = connection;
        this.topic = Topic.STATE.named(connection.prefix());
    }

    /**
     * The fold of the whole topic, for the one who goes on writing: nobody else may have a transaction open.
     *
     * @throws StateCorruptException if the last stable offset stays below the end of the log
     */
    public StateFold settled() {
        return read(settledEnd());
    }

    private long settledEnd() {
        try (Admin admin = connection.admin()) {
            long begun = System.nanoTime();
            LogEnd end = end(admin);
            while (!end.settled() && System.nanoTime() - begun < MARKER_NANOS) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                end = end(admin);
            }
            if (!end.settled()) {
                throw new StateCorruptException("The state in " + topic + " has an unfinished transaction: stable up to"
                        + " offset " + end.stable() + ", written up to " + end.end() + ". Look for another producer"
                        + " (kafka-transactions.sh --describe-producers --topic " + topic
                        + " --partition 0) and abort its transaction.");
            }
            return end.end();
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
            return end(admin).stable();
        }
    }

    private LogEnd end(Admin admin) {
        return LogEnd.of(admin, connection.bootstrap(), List.of(topic)).getOrDefault(topic, new LogEnd(0, 0));
    }

    private StateFold read(long end) {
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
        return fold;
    }
}
